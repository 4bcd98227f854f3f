package costlake.cli;

import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.lake.Lake;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake backup} and warns of parts of the lake that the backup does not contain. */
@Command(
    name = "backup",
    description = {
      "Copy the lake to a backup folder.",
      "Run it while no night runs and no mail is sent. Later backups copy only what is new."
    },
    footer = {"", "Example: costlake backup --conf demo/conf --to /mnt/backup/costlake"})
final class BackupCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the backup: empty, or an earlier backup of the same lake.")
  Path to;

  @Override
  public void run() {
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      Lake.Copy copy = session.lake().backup(to);
      common
          .out()
          .printf(
              "Publication %d in %s: %d files, %d of them copied (%d bytes), %d removed.%n",
              copy.publication(), to, copy.files(), copy.copied(), copy.bytes(), copy.removed());
    }
    warnOfMissingParts(config.lake());
  }

  private void warnOfMissingParts(LakeConfig lake) {
    if (lake.format() != LakeConfig.Format.ICEBERG) {
      return;
    }
    if (!lake.catalog().isEmbedded()) {
      common
          .console()
          .say("The backup does not contain the catalog. Back it up with the tools of its server");
    }
    if (lake.catalog().warehouse() != null) {
      common
          .console()
          .say("The backup does not contain the tables at " + lake.catalog().warehouse());
    } else if (lake.catalog().type() == LakeConfig.CatalogType.REST) {
      common
          .console()
          .say(
              "The backup does not contain the tables: the catalog stores them elsewhere. Back them up there");
    }
  }
}
