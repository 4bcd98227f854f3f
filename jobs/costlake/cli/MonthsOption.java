package costlake.cli;

import costlake.core.BillingPeriod;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The option {@code --period} of commands that land billing months. */
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
