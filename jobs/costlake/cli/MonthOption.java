package costlake.cli;

import costlake.core.BillingPeriod;
import picocli.CommandLine.Option;

/** The option {@code --period} of commands that need exactly one billing month. */
final class MonthOption {
  @Option(
      names = "--period",
      required = true,
      paramLabel = "YYYY-MM",
      description = "Billing month.")
  String period;

  BillingPeriod month() {
    return BillingPeriod.parse(period);
  }
}
