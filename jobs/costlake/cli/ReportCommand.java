package costlake.cli;

import costlake.close.CloseJournal;
import costlake.close.IssuedStatements;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.TableName;
import costlake.report.StatementDocument;
import costlake.report.StatementStatus;
import costlake.report.Statements;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake report} and prints the names of the files that it wrote. */
@Command(
    name = "report",
    description = {
      "Print the statements of a month.",
      "It writes HTML, PDF and XLSX files into a folder for each team: the issued statements of a"
          + " closed month, or preliminary statements of an open month."
    },
    footer = {
      "",
      "Example: costlake report --conf demo/conf --period 2026-09 --team search",
      "         costlake report --conf demo/conf --statement 2026-09/search/USD/1"
    })
final class ReportCommand implements Runnable, Stoppable {
  @Mixin CommonOptions common;

  @ArgGroup(multiplicity = "1")
  What what;

  /** The options that select the statements to print: those of months, or one issued statement. */
  static final class What {
    @Option(
        names = "--period",
        paramLabel = "YYYY-MM",
        split = ",",
        description =
            "Billing month, several with commas, or a range YYYY-MM..YYYY-MM. Months of a list or"
                + " range that have no statements are left out.")
    @Nullable Set<String> periods;

    @Option(
        names = "--statement",
        paramLabel = "ID",
        description = "The document of one issued statement, exactly as it was sent.")
    @Nullable String statement;
  }

  @Option(names = "--team", paramLabel = "TEAM", description = "One team (default: all).")
  @Nullable String team;

  @Option(
      names = "--groups",
      description =
          "Print projects, cost centres and the company too. These show the figures of all their"
              + " teams.")
  boolean groups;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder to write (default: statement.to).")
  @Nullable Path to;

  @Override
  public String whatStands() {
    return PRINTING;
  }

  @Override
  public void run() {
    if (what.statement != null && team != null) {
      throw Failure.operator("Cannot use --team with --statement: a statement belongs to one team");
    }
    if (groups && (team != null || what.statement != null)) {
      throw Failure.operator(
          "Cannot use --groups with --team or --statement: projects, cost centres and the company"
              + " show the figures of several teams");
    }
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      List<StatementDocument> documents =
          what.statement == null
              ? months(session.lake(), Periods.parse(Objects.requireNonNull(what.periods))).stream()
                  .flatMap(month -> documents(session.lake(), config, month))
                  .toList()
              : List.of(IssuedStatements.of(session.lake(), what.statement));
      documents.parallelStream()
          .map(document -> document.write(folder(config)))
          .flatMap(List::stream)
          .forEachOrdered(file -> common.out().println(file));
    }
  }

  private Stream<StatementDocument> documents(Lake lake, Config config, BillingPeriod month) {
    return Stream.concat(
        documents(lake, config, month, Optional.ofNullable(team)).stream(),
        groups ? groups(lake, config, month).stream() : Stream.empty());
  }

  /**
   * Leaves out months without statements if several were given. Keeps a single month, so that a
   * later step reports that it has no statements.
   */
  private static Collection<BillingPeriod> months(Lake lake, Set<BillingPeriod> asked) {
    if (asked.size() == 1) {
      return asked;
    }
    Set<LocalDate> printable =
        lake
            .read(TableName.parse("reporting.statements"))
            .select("billing_month")
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getDate(0).toLocalDate())
            .collect(Collectors.toSet());
    List<BillingPeriod> months =
        asked.stream().filter(month -> printable.contains(month.firstDay())).toList();
    return months.isEmpty() ? asked : months;
  }

  private Path folder(Config config) {
    return to == null ? Path.of(config.statement().to()) : to;
  }

  /**
   * Returns the statements of a month: issued statements if the month is closed, otherwise
   * preliminary statements.
   */
  static List<StatementDocument> documents(
      Lake lake, Config config, BillingPeriod period, Optional<String> team) {
    return Optional.ofNullable(CloseJournal.of(lake.decided()).inForce().get(period))
        .map(close -> IssuedStatements.of(lake, close, team))
        .orElseGet(() -> preliminary(lake, config, period, team));
  }

  /** Returns the statements of projects, cost centres and the company, issued or preliminary. */
  static List<StatementDocument> groups(Lake lake, Config config, BillingPeriod period) {
    return Optional.ofNullable(CloseJournal.of(lake.decided()).inForce().get(period))
        .map(close -> IssuedStatements.groups(lake, close))
        .orElseGet(
            () ->
                new Statements(config::locale)
                    .groups(
                        name -> lake.read(TableName.parse("reporting." + name)),
                        period.month(),
                        StatementStatus.preliminary(publication(lake, period))));
  }

  private static long publication(Lake lake, BillingPeriod period) {
    return lake.publication().map(p -> p.whole("print " + period).sequence()).orElse(0L);
  }

  private static List<StatementDocument> preliminary(
      Lake lake, Config config, BillingPeriod period, Optional<String> team) {
    long publication = publication(lake, period);
    return new Statements(config::locale)
        .of(
            name -> lake.read(TableName.parse("reporting." + name)),
            period.month(),
            team,
            one -> StatementStatus.preliminary(publication));
  }
}
