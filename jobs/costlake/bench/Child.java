package costlake.bench;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a separate Java process and measures its time and its peak memory. */
final class Child {
  private static final String PEAK = "VmHWM:";
  private static final long POLL_MS = 100;

  /**
   * Time and memory of a process.
   *
   * @param peakMib peak resident memory, or 0 if the system does not report it
   */
  record Run(double seconds, long peakMib, String output) {}

  private Child() {}

  /**
   * Runs a main class and waits for its end.
   *
   * @param options options of the virtual machine; they replace those of this process
   * @throws Failure with exit code 4 if the process does not end with 0
   */
  static Run run(List<String> options, Path log, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    try {
      return watched(command, log);
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot run %s: %s", mainClass, FileErrors.why(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.internal(e, "Interrupted while %s ran", mainClass);
    }
  }

  private static Run watched(List<String> command, Path log)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long peak = 0;
    while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakMib(process.pid()).orElse(peak));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String output = Files.readString(log);
    if (process.exitValue() != 0) {
      throw Failure.internal(
          "Cannot measure: %s ended with exit code %s. Its output is in %s",
          command.get(command.size() - 1), process.exitValue(), log);
    }
    return new Run(seconds, peak, output);
  }

  private static Optional<Long> peakMib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(PEAK))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
