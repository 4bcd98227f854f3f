package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.Progress;
import costlake.lake.Lake;
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
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds one day of a fee that is spread over two months. */
class PartialBuildTest {
  private static final TableName SPREAD = TableName.parse("allocation.spread");
  private static final RelationName BILL = RelationName.parse("bronze.bill");

  @TempDir Path folder;
  private SparkSession spark;
  private Lake lake;
  private Graph graph;

  @BeforeEach
  void aModelThatSpreadsFeesOverDays() {
    SmallModels models =
        SmallModels.below(folder, "id: string, day: date, last: date, cost: 'decimal(38,2)'");
    spark = models.spark();
    lake = models.lake();
    models.model(
        "focus/lines",
        "select id, day, last, cost from {{ source('bronze.bill') }}",
        contract("day", "") + "  - {name: last, type: date, meaning: its last day}\n" + COST);
    models.model(
        "allocation/spread",
        "select id, day as charged, explode(sequence(day, last)) as day, cost from {{ ref('focus.lines') }}",
        contract("charged", SPREADING)
            + "  - {name: day, type: date, nullable: false, meaning: the day}\n"
            + COST);
    models.write(
        "models/audits/spread_conserved.sql",
        """
        select coalesce(lines.id, spread.id) as id
        from (select distinct id from {{ ref('focus.lines') }}) as lines
        full join (select distinct id from {{ ref('allocation.spread') }}) as spread on lines.id = spread.id
        where lines.id is null or spread.id is null
        """);
    models.write(
        "models/audits/spread_conserved.yml",
        """
        level: error
        meaning: every line is spread
        scoped_by: {focus.lines: day, allocation.spread: charged}
        """);
    graph = models.graph();
  }

  private static final String COST = "  - {name: cost, type: 'decimal(38,2)', meaning: the cost}\n";
  private static final String SPREADING =
      """
      reads: {focus.lines: month}
      affected: |
        select distinct explode(sequence(day, last)) from {{ ref('focus.lines') }} where day in ({{ changed_days }})
      needed: |
        select distinct day from {{ ref('focus.lines') }}
        where exists(array({{ built_days }}), built -> built between day and last)
      """;

  private static String contract(String charged, String how) {
    return """
    description: Lines
    grain: one row per line and day
    owner: finops
    partition: {column: day, by: day}
    %scolumns:
      - {name: id, type: string, meaning: the id}
      - {name: %s, type: date, nullable: false, meaning: the first day}
    """
        .formatted(how, charged);
  }

  @Test
  void keepsTheSharesOfChargesThatBeganInAnotherMonth() {
    bill(
        "('fee', date'2026-08-31', date'2026-09-02', 3), ('use', date'2026-09-01', date'2026-09-01', 5)");
    assertThat(night(Changes.all())).allMatch(o -> o.status() == Outcome.Status.DONE);
    bill("('use', date'2026-09-01', date'2026-09-01', 6)");
    List<Outcome> outcomes =
        night(Changes.of(Map.of(BILL, Set.of(LocalDate.of(2026, 9, 1))), Set.of(), Set.of()));
    assertThat(outcomes)
        .extracting(Outcome::subject, Outcome::status)
        .contains(org.assertj.core.groups.Tuple.tuple("spread_conserved", Outcome.Status.DONE));
    assertThat(
            lake.read(SPREAD)
                .orderBy("day", "id")
                .selectExpr("concat_ws(' ', day, id, cost)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            "2026-08-31 fee 3.00",
            "2026-09-01 fee 3.00",
            "2026-09-01 use 6.00",
            "2026-09-02 fee 3.00");
  }

  private List<Outcome> night(Changes changes) {
    try (NightStage night = lake.begin("night")) {
      Build build = new Build(spark, graph, night, changes, Progress.SILENT);
      build.models(1);
      Audits audits = new Audits(spark, graph, night, build, functions.lit(true), false);
      audits.run(1, Progress.SILENT);
      night.publish(List.of(), Map.of());
      return audits.outcomes();
    }
  }

  private void bill(String lines) {
    spark
        .sql(
            "select id, day, last, cast(cost as decimal(38,2)) as cost from values "
                + lines
                + " as t(id, day, last, cost)")
        .createOrReplaceTempView("bronze__bill");
  }
}
