package costlake.cli;

import costlake.core.BillingPeriod;
import picocli.CommandLine.Option;

/** The billing month of a command that needs one. */
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
