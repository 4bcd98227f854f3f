package costlake.cli;

import costlake.config.Config;
import costlake.night.LandRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake land} for one source. */
@Command(
    name = "land",
    description = {
      "Check and store what one source delivered.",
      "It publishes nothing. The next night publishes the delivery."
    },
    footer = {
      "",
      "Example: costlake land --conf demo/conf --source aws-payer --period 2026-09",
      "List the sources: costlake sources --conf demo/conf"
    })
final class LandCommand implements Runnable, Stoppable {
  @Mixin CommonOptions common;
  @Mixin MonthsOption periods;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "ID",
      description = "Id of a source in sources.yml.")
  String source;

  @Override
  public String whatStands() {
    return "Files that were stored stay in the lake. Run the same command again to store the rest.";
  }

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
                      periods.months(),
                      common.console().progress())
                  .message());
    }
  }
}
