package costlake.cli;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.report.Statements;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = "Print the statements of a month, HTML and PDF, one folder a team.",
    footer = {"", "Example: costlake report --conf demo/conf --period 2026-09 --team search"})
final class ReportVerb implements Runnable {
  @Mixin Common common;

  @Option(
      names = "--period",
      required = true,
      paramLabel = "YYYY-MM",
      description = "Billing month.")
  String period;

  @Option(names = "--team", paramLabel = "TEAM", description = "One team (default: all).")
  String team;

  @Option(names = "--to", paramLabel = "DIR", description = "Where to (default: statement.to).")
  Path to;

  @Override
  public void run() {
    Config config = common.config();
    try (Engine engine = Engine.open(config).withTables(ReportVerb::printed)) {
      List<Path> files =
          render(engine, config, BillingPeriod.parse(period), Optional.ofNullable(team), to);
      if (files.isEmpty()) {
        throw Failure.operator(
            "Nothing to print for "
                + period
                + (team == null ? "" : " and team " + team)
                + ": no statement has rows. Months there are: costlake sql \"select distinct billing_month from reporting.statements\"");
      }
      files.forEach(file -> common.out().println(file));
    }
  }

  /** Whether a table is one that statements print. */
  static boolean printed(String table) {
    return table.startsWith("reporting.");
  }

  static List<Path> render(
      Engine engine, Config config, BillingPeriod period, Optional<String> team, Path to) {
    return Statements.render(
        engine.spark(),
        period.month(),
        team,
        to == null ? Path.of(config.statement().to()) : to,
        Locale.forLanguageTag(config.statement().locale()));
  }
}
