package costlake.cli;

import costlake.config.Config;
import costlake.night.LandRun;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake land} for one source. */
@Command(
    name = "land",
    description = {
      "Check and store what one source delivered.",
      "It publishes nothing: the next night takes the delivery."
    },
    footer = {
      "",
      "Example: costlake land --conf demo/conf --source aws-payer --period 2026-09",
      "List the sources: costlake sources --conf demo/conf"
    })
final class LandCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "ID",
      description = "Id of a source in sources.yml.")
  String source;

  @Option(
      names = "--period",
      paramLabel = "YYYY-MM",
      split = ",",
      description =
          "Billing month, several with commas, or a range YYYY-MM..YYYY-MM (default: all that the"
              + " source has).")
  Set<String> periods = new TreeSet<>();

  @Override
  public void run() {
    Config config = common.config();
    try (LakeSession session = LakeSession.open(config)) {
      common
          .out()
          .println(
              LandRun.run(
                      session.spark(),
                      config,
                      source,
                      Periods.parse(periods),
                      common.console().progress())
                  .message());
    }
  }
}
