package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.close.CloseDecisionKind;
import costlake.close.IssuedStatements;
import costlake.close.MonthChange;
import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.IssuedStatement;
import costlake.decide.Decision;
import costlake.explain.Explain;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.report.StatementDocument;
import costlake.report.StatementStatus;
import costlake.report.Statements;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements of lakes whose reporting tables are of version 1: separate tables for cost centres and
 * the company, without columns for the receiver.
 */
@Tag("night")
class EarlierStatementsTest {
  /**
   * {@code LakeTest} and {@code FrozenTablesTest} show in both formats that a table can have other
   * columns, and that its frozen versions are read.
   */
  private static final LakeConfig.Format FORMAT = LakeConfig.Format.DELTA;

  private static final BillingPeriod SEPTEMBER = BillingPeriod.parse("2026-09");
  private static final List<String> TABLES =
      List.of(
          "lines",
          "history",
          "changes",
          "accelerators",
          "workloads",
          "idle_hours",
          "pools",
          "value",
          "quality");

  /** Columns of tables of version 1 that later versions added. */
  private static final String[] LATER_COLUMNS = {
    "billed_until", "comparable_since", "is_comparable"
  };

  /** Begins the names of the facts of a close that are hashes of documents of groups. */
  private static final String CONTENT = "statement.content.";

  /** Closes of version 1 recorded no edition of the pages, because there was one. */
  private static final String EDITION = "statement.edition";

  @TempDir Path folder;

  /** One test for all of it, because the nights take most of the time. */
  @Test
  void aNightGivesALakeOfVersion1TheTablesOfTodayAndClosedMonthsAreStillPrinted() {
    TinyCompany company = company();
    theFirstNightGivesItTheTablesOfToday(company);
    Decision<MonthChange> today =
        MonthClose.of(company.config(), company.lake(), SEPTEMBER, Instant.now())
            .close(List.of(), "tester");
    Map<String, StatementDocument> sent = sentInVersion1(company, today);
    Lake earlier = inVersion1(company);
    anOpenMonthNeedsANight(earlier);
    aClosedMonthIsPrintedAsItWasSent(earlier, closed(earlier, today, sent), sent);
  }

  private static void theFirstNightGivesItTheTablesOfToday(TinyCompany company) {
    Set<String> tables = company.lake().tables();
    List<String> columns = columns(company);
    String hash = printed(company);
    stageVersion1(company, company.lake(), company.session());
    assertThat(company.lake().tables())
        .contains("reporting.group_statements", "economics.receiver_uses");
    assertThat(columns(company)).contains("team_name").doesNotContain("receiver_name");

    company.night();
    assertThat(company.lake().tables()).isEqualTo(tables);
    assertThat(columns(company)).containsExactlyInAnyOrderElementsOf(columns);
    assertThat(printed(company)).as("words, figures and sheets").isEqualTo(hash);
  }

  private void anOpenMonthNeedsANight(Lake earlier) {
    earlier.registerViews("reporting.statements"::equals);
    SparkSession session = SparkHarness.session(lakeOfVersion1());
    for (ThrowingCallable read :
        List.<ThrowingCallable>of(
            () ->
                new Statements(Locale.US)
                    .of(
                        name -> earlier.read(new TableName("reporting", name)),
                        SEPTEMBER.month(),
                        Optional.empty(),
                        team -> StatementStatus.preliminary(1)),
            () -> Explain.tree(session, "2026-09/search/USD/b-01"))) {
      assertThatThrownBy(read)
          .isInstanceOf(Failure.class)
          .hasMessage(
              "Cannot read statements: the tables reporting.* are of version 1. Run 'costlake"
                  + " night' first, which builds them again");
    }
  }

  private static void aClosedMonthIsPrintedAsItWasSent(
      Lake earlier, Decision<MonthChange> close, Map<String, StatementDocument> sent) {
    assertThat(close.content().pins()).containsKey("reporting.group_lines");
    List<StatementDocument> printed =
        new ArrayList<>(IssuedStatements.of(earlier, close, Optional.empty()));
    printed.addAll(IssuedStatements.groups(earlier, close));
    assertThat(printed)
        .extracting(StatementDocument::receiverId)
        .containsExactly("platform", "search", "centre.10", "centre.20", "company.all");
    for (StatementDocument document : printed) {
      StatementDocument original = sent.get(document.receiverId());
      assertThat(document.contentHash()).isEqualTo(original.contentHash());
      assertThat(document.pdf()).as(document.receiverId()).isEqualTo(original.pdf());
    }
  }

  private static List<String> columns(TinyCompany company) {
    return List.of(company.reporting().apply("statements").columns());
  }

  /** Returns the hash of the statement of a team. */
  private static String printed(TinyCompany company) {
    return new Statements(Locale.US)
        .of(
            company.reporting(),
            SEPTEMBER.month(),
            Optional.of("search"),
            team -> StatementStatus.preliminary(1))
        .get(0)
        .contentHash();
  }

  private TinyCompany company() {
    TinyCompany company = new TinyCompany(folder.resolve("today"), FORMAT);
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform, cost_centre: "10"}
          - {id: search, name: Search, cost_centre: "20"}
        """);
    company.deliver("20");
    company.night();
    return company;
  }

  /** Returns the documents of a close, by receiver, with what version 1 could print. */
  private static Map<String, StatementDocument> sentInVersion1(
      TinyCompany company, Decision<MonthChange> close) {
    MonthChange month = close.content();
    StatementStatus status =
        StatementStatus.numbered(
                month.publication(),
                month.closeNumber(),
                close.at().atZone(ZoneOffset.UTC).toLocalDate())
            .inEdition(1);
    Statements statements = new Statements(Locale.US);
    Function<String, Dataset<Row>> today = company.reporting();
    Function<String, Dataset<Row>> tables = name -> asInVersion1(today, name);
    return Stream.concat(
            statements.of(tables, SEPTEMBER.month(), Optional.empty(), team -> status).stream(),
            statements.groups(tables, SEPTEMBER.month(), status).stream())
        .collect(Collectors.toMap(StatementDocument::receiverId, document -> document));
  }

  /** Reads a table of today without the columns and rows that version 1 did not have. */
  private static Dataset<Row> asInVersion1(Function<String, Dataset<Row>> today, String table) {
    Dataset<Row> rows = today.apply(table).drop(LATER_COLUMNS);
    return table.equals("statements") || TABLES.contains(table.replaceFirst("^statement_", ""))
        ? rows
        : rows.where("false");
  }

  /** Creates a lake with the rows of the company's statements in the tables of version 1. */
  private Lake inVersion1(TinyCompany company) {
    SparkSession session = SparkHarness.session(lakeOfVersion1());
    Lake earlier = Lake.open(lakeOfVersion1(), session);
    stageVersion1(company, earlier, session);
    return earlier;
  }

  private LakeConfig lakeOfVersion1() {
    return SparkHarness.lake(FORMAT, folder.resolve("version-1"));
  }

  /** Publishes the rows of the company's statements in the tables of version 1. */
  private static void stageVersion1(TinyCompany company, Lake earlier, SparkSession session) {
    Function<String, Dataset<Row>> today = company.reporting();
    try (NightStage night = earlier.begin("night-of-version-1")) {
      Dataset<Row> totals = asInVersion1(today, "statements");
      stage(night, session, "reporting.statements", teams(totals.drop("teams"), "team_name"));
      stage(night, session, "reporting.group_statements", groupTotals(totals));
      stage(night, session, "economics.receiver_uses", totals);
      for (String table : TABLES) {
        Dataset<Row> rows = asInVersion1(today, "statement_" + table);
        stage(night, session, "reporting.statement_" + table, teams(rows, "unused"));
        stage(night, session, "reporting.group_" + table, groups(rows));
      }
      night.publish(company.lake().publication().orElseThrow().deliveries(), Map.of());
    }
  }

  private static Dataset<Row> teams(Dataset<Row> rows, String name) {
    return rows.where("receiver_kind = 'team'")
        .drop("receiver_kind", "receiver_id")
        .withColumnRenamed("receiver_name", name);
  }

  private static Dataset<Row> groups(Dataset<Row> rows) {
    return rows.where("receiver_kind <> 'team'")
        .drop("receiver_kind", "team_id")
        .withColumnRenamed("receiver_id", "group_id");
  }

  private static Dataset<Row> groupTotals(Dataset<Row> totals) {
    return totals
        .where("receiver_kind <> 'team'")
        .selectExpr(
            "billing_month",
            "receiver_id as group_id",
            "billing_currency",
            "receiver_kind as group_kind",
            "receiver_name as group_name",
            "* except (billing_month, receiver_id, billing_currency, receiver_kind, receiver_name,"
                + " team_id, cost_centre)");
  }

  private static void stage(
      NightStage night, SparkSession session, String table, Dataset<Row> rows) {
    TableSpec spec =
        new TableSpec(
            TableName.parse(table),
            rows.schema(),
            new Partitioning(Partitioning.By.MONTH, "billing_month"),
            Map.of(),
            Set.of());
    night.stageAll(spec, session.createDataFrame(rows.collectAsList(), rows.schema()));
  }

  /**
   * Closes the month in a lake of version 1. The close equals that of today, but its statements
   * have the content hashes of the documents that were sent.
   */
  private static Decision<MonthChange> closed(
      Lake earlier, Decision<MonthChange> today, Map<String, StatementDocument> sent) {
    MonthChange content = today.content();
    Map<String, String> tables = new TreeMap<>(earlier.publication().orElseThrow().versions());
    tables.keySet().removeIf(table -> !table.startsWith("reporting."));
    Map<String, String> facts = new TreeMap<>(content.facts());
    assertThat(facts.remove(EDITION)).isEqualTo("2");
    facts.replaceAll(
        (fact, value) ->
            fact.startsWith(CONTENT)
                ? sent.get(fact.substring(CONTENT.length())).contentHash()
                : value);
    try (DecisionStage<MonthChange> stage =
        earlier.begin(new CloseDecisionKind(), "close-2026-09-1")) {
      return stage.decide(
          today.at(),
          "tester",
          null,
          MonthChange.closing(
              content.period(),
              content.closeNumber(),
              content.publication(),
              tables,
              content.configuration(),
              facts,
              content.statements().stream().map(one -> issued(one, sent)).toList()));
    }
  }

  private static IssuedStatement issued(IssuedStatement one, Map<String, StatementDocument> sent) {
    return new IssuedStatement(
        one.id(),
        one.period(),
        one.teamId(),
        one.currency(),
        one.number(),
        one.closeNumber(),
        one.total(),
        one.billed(),
        sent.get(one.teamId()).contentHash(),
        one.issuedAt(),
        one.supersedes());
  }
}
