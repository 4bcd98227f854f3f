package costlake.lake;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Allows one night at a time, and one sender of mail at a time. The operating system releases the
 * lock when the process ends, even if it is killed. The lock file names the run that has the lock.
 * If the file names a run but no process has the lock, that run was interrupted.
 */
final class WriterLock implements AutoCloseable {
  private static final String NIGHTS = "writer";
  private static final int NOTE_BYTES_MAX = 1000;

  private final FileChannel channel;
  private final FileLock lock;
  private final Optional<String> interrupted;

  private WriterLock(FileChannel channel, FileLock lock, Optional<String> interrupted) {
    this.channel = channel;
    this.lock = lock;
    this.interrupted = interrupted;
  }

  /** Takes the lock of nights. */
  static WriterLock take(String root, String runId) {
    return take(root, runId, NIGHTS, "night", "the last publication stays in force");
  }

  /** Takes the lock for sending mail; nights can run at the same time. */
  static WriterLock outbox(String root, String runId) {
    return take(root, runId, "outbox", "send", "nothing is sent twice");
  }

  private static WriterLock take(
      String root, String runId, String name, String holder, String comfort) {
    Path file = file(root, name);
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      String note = read(channel);
      if (lock == null) {
        channel.close();
        throw Failure.operator(
            "Cannot begin run %s: another %s is running (%s). Wait for it, or stop it; %s",
            runId, holder, note.replace('\n', ','), comfort);
      }
      write(channel, runId);
      return new WriterLock(
          channel, lock, note.isEmpty() ? Optional.empty() : Optional.of(runId(note)));
    } catch (IOException e) {
      throw WriteErrors.failure("begin run " + runId, root, e);
    }
  }

  /** Returns the run that has the lock of nights, or was interrupted while it had it. */
  static Optional<String> holder(String root) {
    try {
      String note = Files.readString(file(root, NIGHTS)).strip();
      return note.isEmpty() ? Optional.empty() : Optional.of(runId(note));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw WriteErrors.failure("read the lock", root, e);
    }
  }

  /** Returns the run that had the lock before and was interrupted. */
  Optional<String> interrupted() {
    return interrupted;
  }

  private static Path file(String root, String name) {
    return Path.of(root, name + ".lock");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(NOTE_BYTES_MAX);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
  }

  private static void write(FileChannel channel, String runId) throws IOException {
    String note =
        "run %s\n process %d\n host %s\n since %s"
            .formatted(
                runId.replaceAll("\\s+", " "),
                ProcessHandle.current().pid(),
                host(),
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String runId(String note) {
    return note.lines().findFirst().orElse("").replaceFirst("^run ", "");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot release the writer's lock: %s", FileErrors.why(e));
    }
  }
}
