package costlake.cli;

import costlake.core.BillingPeriod;
import costlake.core.Failure;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "backfill",
    description = "The nightly run over a range of billing months, published together.",
    footer = {"", "Example: costlake backfill --conf demo/conf --from 2025-09 --to 2026-09"})
final class BackfillVerb implements Runnable {
  @Mixin Common common;

  @Option(names = "--from", required = true, paramLabel = "YYYY-MM", description = "First month.")
  String from;

  @Option(names = "--to", required = true, paramLabel = "YYYY-MM", description = "Last month.")
  String to;

  @Override
  public void run() {
    BillingPeriod last = BillingPeriod.parse(to);
    Set<BillingPeriod> periods = new TreeSet<>();
    for (BillingPeriod p = BillingPeriod.parse(from); p.compareTo(last) <= 0; p = p.next()) {
      periods.add(p);
    }
    if (periods.isEmpty()) {
      throw Failure.operator("Invalid range: --from " + from + " is after --to " + to);
    }
    NightVerb.Nights.run(common, "backfill", periods);
  }
}
