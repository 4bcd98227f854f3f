package costlake.deliver;

import costlake.config.Config;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.Map;

/** Sends statements in a separate process, so that a test can kill it. */
final class SendProcess {
  private SendProcess() {}

  /**
   * Arguments: the configuration folder, the port of the server, and the format of the lake. If the
   * id of a mail follows, the process sends nothing and records the decision that this mail was
   * sent.
   */
  public static void main(String[] args) {
    Config config = config(Path.of(args[0]), args[1], args[2]);
    Lake lake = Lake.open(config.lake(), SparkHarness.session(config.lake()));
    if (args.length > 3) {
      StatementMail.resolve(
          lake, args[3], MailDecision.SENT, "ann", "the log of the server has it");
    } else {
      StatementMail.send(
          config, lake, SampleIssues.MONTH, StatementSenderTest.ISSUES, Progress.SILENT);
    }
    SparkHarness.spark().stop();
  }

  static Config config(Path conf, String port, String format) {
    return Config.load(
        conf,
        null,
        Map.of(
            "lake.format", format,
            "mail.transport", "smtp",
            "mail.backoff_s", "0",
            "mail.smtp.host", "localhost",
            "mail.smtp.security", "none",
            "mail.smtp.port", port));
  }
}
