package costlake.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake backfill}: one run builds a range of months. */
@Command(
    name = "backfill",
    description = {
      "Run the night over a range of billing months.",
      "All months are published together."
    },
    footer = {"", "Example: costlake backfill --conf demo/conf --from 2025-09 --to 2026-09"})
final class BackfillCommand implements Runnable, Stoppable {
  @Mixin CommonOptions common;

  @Option(names = "--from", required = true, paramLabel = "YYYY-MM", description = "First month.")
  String from;

  @Option(names = "--to", required = true, paramLabel = "YYYY-MM", description = "Last month.")
  String to;

  @Option(names = "--json", description = NightCommand.JSON_HELP)
  boolean json;

  @Override
  public String whatStands() {
    return PUBLISHING;
  }

  @Override
  public void run() {
    NightCommand.Nights.run(common, "backfill", Periods.range(from, to), json);
  }
}
