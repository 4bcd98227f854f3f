package costlake.lake;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * One night at a time. The operating system holds the lock and gives it back when the process dies,
 * however it dies. The file says who holds it. For a lake on an object store the file lies in the
 * folder for temporary files of the one machine that writes.
 */
final class WriterLock implements AutoCloseable {
  private static final int LONGEST_NOTE = 500;

  private final FileChannel channel;
  private final FileLock lock;

  private WriterLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static WriterLock take(String root, String runId) {
    Path file = file(root);
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = read(channel);
        channel.close();
        throw Failure.operator(
            "Cannot begin run "
                + runId
                + ": another night is running ("
                + holder
                + "). Wait for it, or stop it");
      }
      write(channel, runId);
      return new WriterLock(channel, lock);
    } catch (IOException e) {
      throw Failure.internal(
          "Cannot write to the lake at "
              + root
              + ": "
              + e.getMessage()
              + ". Check that the disk has room and is writable; yesterday's night stands",
          e);
    }
  }

  private static Path file(String root) {
    return root.contains("://")
        ? Path.of(
            System.getProperty("java.io.tmpdir"),
            "costlake-" + Integer.toHexString(root.hashCode()) + ".lock")
        : Path.of(root, "writer.lock");
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(LONGEST_NOTE);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
  }

  private static void write(FileChannel channel, String runId) throws IOException {
    String note =
        "run %s, process %d, since %s"
            .formatted(runId, ProcessHandle.current().pid(), Instant.now());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw Failure.internal("Cannot release the writer's lock: " + e.getMessage(), e);
    }
  }
}
