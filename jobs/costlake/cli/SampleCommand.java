package costlake.cli;

import costlake.sample.SampleData;
import costlake.sample.SampleSettings;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake sample}. */
@Command(
    name = "sample",
    description = {
      "Write the bills and telemetry of a sample company.",
      "It also writes invoices, benefits, a configuration and the expected results."
    },
    footer = {"", "Example: costlake sample --to sample --months 3 --scale 10"})
final class SampleCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder to write.")
  Path to;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of all figures (default: 42).")
  long seed = SampleSettings.demo().seed();

  @Option(names = "--months", paramLabel = "N", description = "Billing months (default: 13).")
  int months = SampleSettings.demo().months();

  @Option(names = "--scale", paramLabel = "N", description = "Resources of each kind (default: 1).")
  int scale = 1;

  @Option(
      names = "--aws",
      paramLabel = "FORMAT",
      description = "How AWS delivers: parquet, csv or legacy_csv (default: parquet).")
  SampleSettings.Format format = SampleSettings.Format.PARQUET;

  @Option(
      names = "--incidents",
      description = "Also let incidents happen to it: two each of seven kinds, in thirteen months.")
  boolean hasIncidents;

  @Override
  public void run() {
    SampleSettings demo = SampleSettings.demo();
    SampleSettings settings =
        demo.seed(seed)
            .months(months, demo.last(), Math.min(months, demo.telemetryMonths()))
            .scale(scale)
            .format(format);
    SampleData.generate(
        hasIncidents ? settings.incidents() : settings, to, common.console().progress());
    common.out().println("Written: " + to + " (configuration in " + to.resolve("conf") + ")");
  }
}
