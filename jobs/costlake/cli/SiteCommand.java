package costlake.cli;

import static org.apache.spark.sql.functions.col;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.explain.Explain;
import costlake.lake.TableName;
import costlake.report.Guardrails;
import costlake.report.StatementDocument;
import costlake.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake site} and prints the names of the files that it wrote. */
@Command(
    name = "site",
    description = {
      "Write the statements of a month as static web pages.",
      "Tables sort and search, and each line shows where it comes from. The pages need no server"
          + " and load nothing from elsewhere."
    },
    footer = {
      "",
      "Example: costlake site --conf demo/conf --period 2026-09 --to site",
      "A team's folder works without the others. The overview, cost centres and the company show"
          + " figures of all teams."
    })
final class SiteCommand implements Runnable, Stoppable {
  @Mixin CommonOptions common;
  @Mixin MonthOption period;

  @Option(
      names = "--team",
      paramLabel = "TEAM",
      description =
          "Write only this team (default: every team, every cost centre, the company and an overview).")
  @Nullable String team;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder to write.")
  Path to;

  @Override
  public String whatStands() {
    return PRINTING;
  }

  @Override
  public void run() {
    Config config = common.config();
    BillingPeriod month = period.month();
    try (LakeSession session =
        LakeSession.ofLake(config).withTables(Explain.reads()).withDeliveredRows()) {
      List<StatementDocument> teams =
          ReportCommand.documents(session.lake(), config, month, Optional.ofNullable(team));
      List<StatementDocument> groups =
          team == null ? ReportCommand.groups(session.lake(), config, month) : List.of();
      Locale locale = Locale.forLanguageTag(config.statement().locale());
      Site.write(
              locale,
              teams,
              groups,
              documents ->
                  Explain.lines(
                      session.spark(),
                      col("billing_month")
                          .equalTo(java.sql.Date.valueOf(month.firstDay()))
                          .and(
                              col("receiver_id")
                                  .isin(
                                      documents.stream()
                                          .map(StatementDocument::receiverId)
                                          .toArray()))),
              Guardrails.read(name -> session.lake().read(TableName.parse(name)), month.month()),
              to)
          .forEach(file -> common.out().println(file));
    }
  }
}
