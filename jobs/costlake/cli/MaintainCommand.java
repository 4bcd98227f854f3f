package costlake.cli;

import costlake.config.Config;
import costlake.night.MaintenanceRun;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Maintains the lake ({@code costlake maintain}). Prints the work done on each table. */
@Command(
    name = "maintain",
    description = {
      "Expire old versions of tables and merge small files.",
      "It removes versions and files that maintenance.* no longer keeps."
    },
    footer = {"", "Example: costlake maintain --conf demo/conf"})
final class MaintainCommand implements Runnable {
  @Mixin CommonOptions common;

  @Override
  public void run() {
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      List<List<String>> cells =
          MaintenanceRun.run(session.spark(), config, common.console().progress())
              .outcomes()
              .stream()
              .map(outcome -> List.of(outcome.subject(), outcome.detail()))
              .toList();
      new ResultPrinter(common.out()).table(List.of("table", "done"), cells, new boolean[2]);
    }
  }
}
