package costlake.lake;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.decide.LakeLock;
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
 * Allows one process at a time, e.g. one night or one sender of mail. The operating system releases
 * the lock when the process ends, even if it is killed. The lock file names the run that has the
 * lock. If the file names a run but no process has the lock, that run was interrupted.
 */
final class WriterLock implements AutoCloseable {
  private static final int NOTE_BYTES_MAX = 1000;

  private final FileChannel channel;
  private final FileLock lock;
  private final Optional<String> interrupted;

  private WriterLock(FileChannel channel, FileLock lock, Optional<String> interrupted) {
    this.channel = channel;
    this.lock = lock;
    this.interrupted = interrupted;
  }

  /**
   * Takes a lock of the lake.
   *
   * @throws Failure with exit code 2 if another process has it
   */
  static WriterLock take(String root, String runId, LakeLock wanted) {
    Taken taken = attempt(root, runId, wanted);
    return taken
        .lock()
        .orElseThrow(
            () ->
                Failure.operator(
                    "Cannot begin run %s: another %s is running (%s). Wait for it, or stop it; %s",
                    runId, wanted.holder(), taken.note().replace('\n', ','), wanted.assurance()));
  }

  /** Takes a lock unless another process has it. */
  static Optional<WriterLock> takeIfFree(String root, String runId, LakeLock wanted) {
    return attempt(root, runId, wanted).lock();
  }

  /**
   * The outcome of an attempt to take a lock.
   *
   * @param note text of the lock file before the attempt
   */
  private record Taken(Optional<WriterLock> lock, String note) {}

  private static Taken attempt(String root, String runId, LakeLock wanted) {
    Path file = file(root, wanted);
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      String note = read(channel);
      if (lock == null) {
        channel.close();
        return new Taken(Optional.empty(), note);
      }
      write(channel, runId);
      Optional<String> interrupted = note.isEmpty() ? Optional.empty() : Optional.of(runId(note));
      return new Taken(Optional.of(new WriterLock(channel, lock, interrupted)), note);
    } catch (IOException e) {
      throw WriteErrors.failure("begin run " + runId, root, e);
    }
  }

  /** Returns the run that has the lock of nights, or was interrupted while it had it. */
  static Optional<String> holder(String root) {
    try {
      String note = Files.readString(file(root, LakeLock.WRITER)).strip();
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

  private static Path file(String root, LakeLock lock) {
    return Path.of(root, lock.name() + ".lock");
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
