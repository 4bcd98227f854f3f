package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.TableName;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A night builds the models that changed, and from these on what differs. */
class ChangedModelsTest {
  private static final String LINES = "select id, day, cost from {{ source('bronze.bill') }}";
  private static final String CONTRACT =
      """
      description: Lines
      grain: one row per line
      owner: finops
      materialized: %s
      %scolumns:
        - {name: id, type: string, meaning: the source}
        - {name: day, type: date, nullable: false, meaning: the day}
        - {name: cost, type: 'decimal(38,2)', meaning: the cost}
      """;
  private static final String BY_DAY = "partition: {column: day, by: day}\n";
  private static final String BOTH =
      "('a', date'2026-09-01', 1), ('b', date'2026-09-01', 2), ('b', date'2026-09-02', 3)";
  private static final RelationName BILL = RelationName.parse("bronze.bill");

  @TempDir Path folder;
  private SmallModels models;

  @BeforeEach
  void aViewAndThreeTables() {
    begin(LakeConfig.Format.ICEBERG);
  }

  private void begin(LakeConfig.Format format) {
    models =
        SmallModels.below(
            folder.resolve(format.name()), "id: string, day: date, cost: 'decimal(38,2)'", format);
    models.model("focus/lines", LINES, CONTRACT.formatted("view", ""));
    models.model(
        "focus/charges",
        "select id, day, cost from {{ ref('focus.lines') }}",
        CONTRACT.formatted("table", BY_DAY + "carries: id\n"));
    models.model(
        "focus/beside",
        "select id, day, cost from {{ source('bronze.bill') }}",
        CONTRACT.formatted("table", BY_DAY));
    models.model(
        "allocation/owned",
        "select id, day, cost from {{ ref('focus.charges') }}",
        CONTRACT.formatted("table", BY_DAY));
    bill(BOTH);
    night(Changes.all());
  }

  @Test
  void aViewThatGivesOtherRowsIsFollowedAsFarAsRowsDiffer() {
    models.model(
        "focus/lines",
        LINES + " where not (id = 'b' and day = '2026-09-01')",
        CONTRACT.formatted("view", ""));
    assertThat(night(changed("focus.lines")))
        .containsExactly(
            "focus.charges DONE changed: 2026-09-01; unchanged: 2026-09-02",
            "allocation.owned DONE changed: 2026-09-01; unchanged: none");
  }

  @Test
  void aViewThatGivesTheSameRowsStopsAtItsReader() {
    models.model("focus/lines", LINES + " where cost > 0", CONTRACT.formatted("view", ""));
    assertThat(night(changed("focus.lines")))
        .containsExactly(
            "focus.charges UNCHANGED changed: none; unchanged: 2026-09-01, 2026-09-02");
  }

  @Test
  void rowsOfCarriedSourcesComeFromThePublishedTable() {
    bill("('a', date'2026-09-01', 7)");
    night(changedOn(LocalDate.of(2026, 9, 1)).carrying(Set.of("b")));
    assertThat(rows("focus.charges")).containsExactly("1 a 7.00", "1 b 2.00", "2 b 3.00");
    assertThat(rows("focus.beside")).containsExactly("1 a 7.00", "2 b 3.00");
  }

  @Test
  void aRowWithoutASourceIsNotTakenForACarriedRow() {
    bill("(cast(null as string), date'2026-09-01', 7)");
    night(changedOn(LocalDate.of(2026, 9, 1)).carrying(Set.of("b")));
    assertThat(rows("focus.charges")).containsExactly("1 7.00", "1 b 2.00", "2 b 3.00");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aColumnThatTheModelDropsIsNotCarried(LakeConfig.Format format) {
    begin(format);
    String contract = CONTRACT.replaceFirst("  - .name: cost.*\n", "");
    models.model(
        "focus/charges",
        "select id, day from {{ ref('focus.lines') }}",
        contract.formatted("table", BY_DAY + "carries: id\n"));
    models.model(
        "allocation/owned",
        "select id, day from {{ ref('focus.charges') }}",
        contract.formatted("table", BY_DAY));
    bill("('a', date'2026-09-01', 7)");
    night(changed("focus.charges").carrying(Set.of("b")));
    assertThat(days("focus.charges")).containsExactly("1 a", "1 b", "2 b");
  }

  @Test
  void aNewPromiseIsCheckedOnRowsThatStayTheSame() {
    models.model(
        "focus/beside",
        "select id, day, cost from {{ source('bronze.bill') }}",
        CONTRACT.formatted("table", BY_DAY + "key: [id]\n"));
    assertThatThrownBy(() -> audit(changed("focus.beside")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("focus.beside key is unique");
  }

  @Test
  void anAuditOfAViewOverBillsRunsInANightWithBills() {
    models.write(
        "models/audits/free_lines.sql", "select id from {{ ref('focus.lines') }} where cost = 3\n");
    models.write(
        "models/audits/free_lines.yml", "level: warn\nmeaning: No line costs 3.\nnext: Ask.\n");
    assertThat(audit(Changes.of(Map.of(), Set.of(), Set.of())))
        .containsExactly("free_lines WARNED");
  }

  /** Builds and audits in a night that has bills to audit. Returns the outcomes of the audits. */
  private List<String> audit(Changes changes) {
    try (NightStage night = models.lake().begin("audited")) {
      Graph graph = models.graph();
      Build build = new Build(models.spark(), graph, night, changes, Progress.SILENT);
      build.models(1);
      Audits audits = new Audits(models.spark(), graph, night, build, functions.lit(true), true);
      audits.run(1, Progress.SILENT);
      return audits.outcomes().stream().map(o -> o.subject() + " " + o.status()).toList();
    }
  }

  private static Changes changed(String model) {
    return Changes.of(Map.of(), Set.of(), Set.of(RelationName.parse(model)));
  }

  private static Changes changedOn(LocalDate day) {
    return Changes.of(Map.of(BILL, Set.of(day)), Set.of(), Set.of());
  }

  /** Runs a night and returns what it built. */
  private List<String> night(Changes changes) {
    try (NightStage night = models.lake().begin("night")) {
      Build build = new Build(models.spark(), models.graph(), night, changes, Progress.SILENT);
      build.models(1);
      night.publish(List.of(), Map.of());
      return build.outcomes().stream().map(ChangedModelsTest::shown).toList();
    }
  }

  private static String shown(Outcome outcome) {
    return outcome.subject() + " " + outcome.status() + " " + outcome.detail();
  }

  private List<String> rows(String table) {
    return texts(table, "concat_ws(' ', day(day), id, cost) as row");
  }

  private List<String> days(String table) {
    return texts(table, "concat_ws(' ', day(day), id) as row");
  }

  private List<String> texts(String table, String shown) {
    return models
        .lake()
        .read(TableName.parse(table))
        .selectExpr(shown)
        .orderBy("row")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private void bill(String lines) {
    models
        .spark()
        .sql(
            "select id, day, cast(cost as decimal(38, 2)) as cost from values "
                + lines
                + " as t(id, day, cost)")
        .createOrReplaceTempView("bronze__bill");
  }
}
