package costlake.cli;

import costlake.config.Config;
import costlake.lake.Lake;
import costlake.quota.QuotaExport;
import costlake.quota.QuotaUse;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
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
    QuotaExport export = QuotaExport.of(config, format, at, uses(config));
    export.leftOut().forEach(common.console()::say);
    if (config.quotas().isEmpty()) {
      common.console().say(QuotasCommand.NONE);
    }
    if (folder == null) {
      common.data().print(export.text());
      common.data().flush();
    } else {
      export.write(folder).forEach(file -> common.out().println(file));
    }
  }

  /** Returns what was used of the quotas, if the format says it and a night has computed it. */
  private Map<String, QuotaUse> uses(Config config) {
    if (!format.saysUse() || !Lake.exists(config.lake())) {
      return Map.of();
    }
    try (LakeSession session = LakeSession.open(config)) {
      return session.lake().exists(QuotasCommand.STATUS) ? uses(session.lake()) : Map.of();
    }
  }

  /** Returns what was used of the quotas of a lake in their current periods, by id. */
  static Map<String, QuotaUse> uses(Lake lake) {
    return lake.read(QuotasCommand.STATUS).where("is_current").collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getAs("quota_id"), ExportQuotasCommand::use));
  }

  private static QuotaUse use(Row row) {
    return new QuotaUse(
        row.<Date>getAs("period_start").toLocalDate(),
        row.<Date>getAs("period_end").toLocalDate(),
        row.getAs("used"),
        row.getAs("remaining"),
        row.getAs("is_over"),
        Optional.ofNullable(row.<Date>getAs("measured_until")).map(Date::toLocalDate).orElse(null));
  }
}
