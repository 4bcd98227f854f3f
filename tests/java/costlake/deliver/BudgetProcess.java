package costlake.deliver;

import costlake.config.Config;
import costlake.core.Progress;
import costlake.testing.SparkHarness;
import java.nio.file.Path;

/** Fires thresholds in a separate process, so that a test can kill it. */
final class BudgetProcess {
  private BudgetProcess() {}

  /** Arguments: the configuration folder, the port of the server, and the format of the lake. */
  public static void main(String[] args) {
    Config config = SendProcess.config(Path.of(args[0]), args[1], args[2]);
    BudgetMail.send(config, SampleBudgets.open(config), Progress.SILENT);
    SparkHarness.spark().stop();
  }
}
