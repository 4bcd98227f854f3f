package costlake.cli;

import costlake.close.Printed;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.lake.TableName;
import costlake.report.Document;
import costlake.report.Issue;
import costlake.report.Statements;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description =
        "Print the statements of a month, HTML and PDF, one folder a team: those issued when it is closed, else"
            + " preliminary ones.",
    footer = {
      "",
      "Example: costlake report --conf demo/conf --period 2026-09 --team search",
      "         costlake report --conf demo/conf --statement 2026-09/search/USD/1"
    })
final class ReportVerb implements Runnable {
  @Mixin Common common;

  @ArgGroup(multiplicity = "1")
  What what;

  static final class What {
    @Option(names = "--period", paramLabel = "YYYY-MM", description = "Billing month.")
    String period;

    @Option(
        names = "--statement",
        paramLabel = "ID",
        description = "The document of one issued statement, exactly as it was sent.")
    String statement;
  }

  @Option(names = "--team", paramLabel = "TEAM", description = "One team (default: all).")
  String team;

  @Option(names = "--to", paramLabel = "DIR", description = "Where to (default: statement.to).")
  Path to;

  @Override
  public void run() {
    if (what.statement != null && team != null) {
      throw Failure.operator("Give --team with --period only: a statement is of one team");
    }
    Config config = common.config();
    try (Engine engine = Engine.open(config)) {
      List<Document> documents =
          what.statement == null
              ? documents(
                  engine.lake(),
                  config,
                  BillingPeriod.parse(what.period),
                  Optional.ofNullable(team))
              : List.of(Printed.of(engine.lake(), what.statement));
      documents.stream()
          .flatMap(document -> document.write(folder(config)).stream())
          .forEach(file -> common.out().println(file));
    }
  }

  private Path folder(Config config) {
    return to == null ? Path.of(config.statement().to()) : to;
  }

  /** The statements of a month: those in force when it is closed, else preliminary ones. */
  static List<Document> documents(
      Lake lake, Config config, BillingPeriod period, Optional<String> team) {
    return Optional.ofNullable(lake.closes().inForce().get(period))
        .map(act -> Printed.of(lake, act, team))
        .orElseGet(() -> preliminary(lake, config, period, team));
  }

  private static List<Document> preliminary(
      Lake lake, Config config, BillingPeriod period, Optional<String> team) {
    long publication = lake.publication().map(Publication::sequence).orElse(0L);
    return new Statements(Locale.forLanguageTag(config.statement().locale()))
        .of(
            name -> lake.read(TableName.parse("reporting." + name)),
            period.month(),
            team,
            one -> Issue.preliminary(publication));
  }
}
