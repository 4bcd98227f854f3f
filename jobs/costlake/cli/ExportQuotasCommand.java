package costlake.cli;

import costlake.config.Config;
import costlake.quota.QuotaExport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake export quotas}: writes quotas in the format of a tool. */
@Command(
    name = "quotas",
    description = {
      "Write quotas for Kueue, Slurm, Open Policy Agent or any program.",
      "What a tool cannot express is named on the terminal and left out. docs/quotas.md has the"
          + " shapes."
    },
    footer = {"", "Example: costlake export quotas --as slurm --to quotas"})
final class ExportQuotasCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FORMAT",
      description =
          "kueue: ClusterQueues; slurm: a script of sacctmgr lines; opa: a bundle of data.json and"
              + " .manifest; json: a list.")
  QuotaExport.Format format;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Write files into a folder (default: print the main file).")
  @Nullable Path folder;

  @Option(
      names = "--at",
      paramLabel = "DATE",
      description = "Day whose limits are written (default: today, UTC).")
  @Nullable LocalDate day;

  @Override
  public void run() {
    Config config = common.config();
    LocalDate at = day == null ? LocalDate.now(ZoneOffset.UTC) : day;
    QuotaExport export = QuotaExport.of(config, format, at, Map.of());
    export.leftOut().forEach(common.console()::say);
    if (config.quotas().isEmpty()) {
      common.console().say("No quota is set. Write one in quotas.yml; docs/quotas.md says how.");
    }
    if (folder == null) {
      common.data().print(export.text());
      common.data().flush();
    } else {
      export.write(folder).forEach(file -> common.out().println(file));
    }
  }
}
