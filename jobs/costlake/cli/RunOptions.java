package costlake.cli;

import costlake.approve.RunRequest;
import java.math.BigDecimal;
import picocli.CommandLine.Option;

/** The options that say what a run asks for. */
final class RunOptions {
  @Option(
      names = "--gpus",
      required = true,
      paramLabel = "NxMODEL",
      description = "Accelerators that the run holds, e.g. 64xH100 or '8xA100 80GB'.")
  String accelerators;

  @Option(
      names = "--hours",
      required = true,
      paramLabel = "HOURS",
      description = "Hours for which it holds them: its time limit.")
  BigDecimal hours;

  RunRequest wish() {
    return RunRequest.of(accelerators, hours);
  }
}
