package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.close.IssuedStatements;
import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.IssuedStatement;
import costlake.explain.Explain;
import costlake.lake.CloseStage;
import costlake.lake.Decision;
import costlake.lake.Lake;
import costlake.lake.MonthChange;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statements of lakes whose reporting tables are of version 1: separate tables for cost centres and
 * the company, without columns for the receiver.
 */
@Tag("night")
class EarlierStatementsTest {
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

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aMonthThatWasClosedInVersion1IsPrintedAsItWasSent(LakeConfig.Format format) {
    TinyCompany company = company(format);
    Decision<MonthChange> today =
        MonthClose.of(company.config(), company.lake(), SEPTEMBER, Instant.now())
            .close(List.of(), "tester");
    Lake earlier = inVersion1(company, format);
    Decision<MonthChange> close = closed(earlier, today);
    assertThat(close.content().pins()).containsKey("reporting.group_lines");
    for (IssuedStatement statement : close.content().statements()) {
      assertThat(IssuedStatements.of(earlier, statement.id()).contentHash())
          .as("%s, which its reader compares with the issued hash", statement.id())
          .isEqualTo(statement.contentHash());
    }
    List<StatementDocument> groups = IssuedStatements.groups(earlier, close);
    assertThat(groups)
        .extracting(StatementDocument::receiverId)
        .containsExactly("centre.10", "centre.20", "company.all");
    assertThat(groups.get(2).pdf())
        .isEqualTo(IssuedStatements.groups(company.lake(), today).get(2).pdf());
    assertThat(IssuedStatements.of(earlier, "2026-09/search/USD/1").pdf())
        .isEqualTo(IssuedStatements.of(company.lake(), "2026-09/search/USD/1").pdf());
  }

  @Test
  void anOpenMonthOfVersion1NeedsANight() {
    TinyCompany company = company(LakeConfig.Format.ICEBERG);
    Lake earlier = inVersion1(company, LakeConfig.Format.ICEBERG);
    earlier.registerViews("reporting.statements"::equals);
    SparkSession session =
        SparkHarness.session(
            SparkHarness.lake(LakeConfig.Format.ICEBERG, folder.resolve("version-1")));
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

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void theFirstNightGivesALakeOfVersion1TheTablesOfToday(LakeConfig.Format format) {
    TinyCompany company = company(format);
    Set<String> tables = company.lake().tables();
    List<String> columns = columns(company);
    String hash = printed(company);
    stageVersion1(company, company.lake(), company.session());
    assertThat(company.lake().tables()).contains("reporting.group_statements");
    assertThat(columns(company)).contains("team_name").doesNotContain("receiver_name");

    company.night();
    assertThat(company.lake().tables()).isEqualTo(tables);
    assertThat(columns(company)).containsExactlyInAnyOrderElementsOf(columns);
    assertThat(printed(company)).as("words, figures and sheets").isEqualTo(hash);
  }

  private static List<String> columns(TinyCompany company) {
    return List.of(read(company, "statements").columns());
  }

  /** Returns the hash of the statement of a team. */
  private static String printed(TinyCompany company) {
    return new Statements(Locale.US)
        .of(
            name -> read(company, name),
            SEPTEMBER.month(),
            Optional.of("search"),
            team -> StatementStatus.preliminary(1))
        .get(0)
        .contentHash();
  }

  private TinyCompany company(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder.resolve("today"), format);
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

  /** Creates a lake with the rows of the company's statements in the tables of version 1. */
  private Lake inVersion1(TinyCompany company, LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, folder.resolve("version-1"));
    SparkSession session = SparkHarness.session(config);
    Lake earlier = Lake.open(config, session);
    stageVersion1(company, earlier, session);
    return earlier;
  }

  /** Publishes the rows of the company's statements in the tables of version 1. */
  private static void stageVersion1(TinyCompany company, Lake earlier, SparkSession session) {
    try (NightStage night = earlier.begin("night-of-version-1")) {
      Dataset<Row> totals = read(company, "statements");
      stage(night, session, "statements", teams(totals.drop("teams", "billed_until"), "team_name"));
      stage(night, session, "group_statements", groupTotals(totals));
      for (String table : TABLES) {
        Dataset<Row> rows = read(company, "statement_" + table);
        stage(night, session, "statement_" + table, teams(rows, "unused"));
        stage(night, session, "group_" + table, groups(rows));
      }
      night.publish(company.lake().publication().orElseThrow().deliveries(), Map.of());
    }
  }

  private static Dataset<Row> read(TinyCompany company, String table) {
    return company.lake().read(new TableName("reporting", table));
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
            new TableName("reporting", table),
            rows.schema(),
            new Partitioning(Partitioning.By.MONTH, "billing_month"),
            Map.of(),
            Set.of());
    night.stageAll(spec, session.createDataFrame(rows.collectAsList(), rows.schema()));
  }

  /** Closes the month in the lake as it was closed today. */
  private static Decision<MonthChange> closed(Lake earlier, Decision<MonthChange> today) {
    MonthChange content = today.content();
    Map<String, String> tables = new TreeMap<>(earlier.publication().orElseThrow().versions());
    tables.keySet().removeIf(table -> !table.startsWith("reporting."));
    try (CloseStage stage = earlier.beginClose("close-2026-09-1")) {
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
              content.facts(),
              content.statements()));
    }
  }
}
