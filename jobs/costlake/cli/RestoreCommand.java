package costlake.cli;

import costlake.config.Config;
import costlake.lake.Lake;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake restore}. */
@Command(
    name = "restore",
    description = {
      "Restore the lake from a backup.",
      "It writes the lake to lake.root, which may be the old folder or another one."
    },
    footer = {"", "Example: costlake restore --conf demo/conf --from /mnt/backup/costlake"})
final class RestoreCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "Folder that 'costlake backup' wrote.")
  Path from;

  @Override
  public void run() {
    Config config = common.config();
    Lake.restore(config.lake(), from);
    common.out().println("Restored " + from + " to " + config.lake().root() + ".");
  }
}
