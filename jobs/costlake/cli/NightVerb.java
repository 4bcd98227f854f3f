package costlake.cli;

import costlake.core.BillingPeriod;
import costlake.night.NightReport;
import costlake.night.NightRun;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "night",
    description =
        "Land what the sources delivered, build what changed, audit it, publish it; or change nothing.",
    footer = {"", "Example: costlake night --conf demo/conf --period 2026-09"})
final class NightVerb implements Runnable {
  @Mixin Common common;

  @Option(
      names = "--period",
      paramLabel = "YYYY-MM",
      split = ",",
      description = "Billing month, or several with commas (default: all that the sources have).")
  Set<String> periods = new TreeSet<>();

  @Override
  public void run() {
    Nights.run(
        common,
        "night",
        periods.stream().map(BillingPeriod::parse).collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Runs a night and says what came of it. */
  static final class Nights {
    private Nights() {}

    static void run(Common common, String verb, Set<BillingPeriod> periods) {
      Console console = common.console();
      try (Engine engine = Engine.open(common.config())) {
        NightReport report =
            NightRun.run(engine.spark(), common.config(), verb, periods, console.progress());
        report.outcomes().stream()
            .filter(o -> o.status() == costlake.lake.Outcome.Status.WARNED)
            .forEach(o -> console.say("Warning: " + o.subject() + ": " + o.detail()));
        common.out().println(report.message());
      }
    }
  }
}
