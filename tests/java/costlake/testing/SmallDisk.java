package costlake.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real small disk, mounted at a folder. */
public final class SmallDisk implements AutoCloseable {
  private final Path at;
  private final Path filler;

  private SmallDisk(Path at) {
    this.at = at;
    this.filler = at.resolve("filler");
  }

  /** Mounts a disk of {@code mib} MiB. If the machine does not allow this, the test is skipped. */
  public static SmallDisk mount(Path at, int mib) throws IOException {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", at.toString()) == 0,
        "this machine lets nobody mount a small disk");
    return new SmallDisk(at);
  }

  /** Fills the disk until only {@code leftFreeBytes} bytes are free. */
  public void fill(int leftFreeBytes) throws IOException {
    Files.write(filler, new byte[Math.toIntExact(at.toFile().getUsableSpace() - leftFreeBytes)]);
  }

  /** Undoes {@link #fill}. */
  public void empty() throws IOException {
    Files.delete(filler);
  }

  @Override
  public void close() throws IOException {
    run("umount", "-l", at.toString());
  }

  /** Runs a command and returns its exit code. */
  public static int run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join()
        .exitValue();
  }
}
