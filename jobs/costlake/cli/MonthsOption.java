package costlake.cli;

import costlake.core.BillingPeriod;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The billing months of a command that lands them. */
final class MonthsOption {
  @Option(
      names = "--period",
      paramLabel = "YYYY-MM",
      split = ",",
      description =
          "Billing month, several with commas, or a range YYYY-MM..YYYY-MM (default: all that is"
              + " delivered).")
  Set<String> periods = new TreeSet<>();

  Set<BillingPeriod> months() {
    return Periods.parse(periods);
  }
}
