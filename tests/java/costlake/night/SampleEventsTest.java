package costlake.night;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.explain.Explain;
import costlake.explain.ExplanationStep;
import costlake.sample.SampleSettings;
import costlake.testing.Duck;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What moved the totals of the sample company between two months with telemetry. */
@Tag("night")
class SampleEventsTest {
  private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

  @TempDir static Path folder;

  private static SparkSession spark;

  @BeforeAll
  static void runItsNight() throws IOException {
    SampleSettings settings = SampleSettings.demo().months(3, SEPTEMBER, 2);
    spark = SampleNight.run(settings, folder.resolve("sample"), List.of("events")).spark();
  }

  @AfterAll
  static void dropViews() {
    SampleNight.dropViews(spark);
  }

  /**
   * What happened in September: the list price of p5.48xlarge fell from 55.04 to 49.536, of which a
   * contract takes 6 %; nobody used one of them for two of the days at the new price, after a run
   * failed; a reservation of 8.60 an hour was unused for 72 hours while its node was down. The days
   * without work and the reservation moved from one team to another, so the company has only the
   * price and the refund.
   */
  @Test
  void whatHappenedInSeptemberIsInTheEvents() {
    assertThat(
            spark
                .sql(
                    """
                    select concat_ws(' ', receiver_id, event, cast(day(first_day) as string), cast(day(last_day) as string),
                        regexp_replace(resource_name, ' (i-)?[0-9a-f-]+$', ''), other_id, cast(change as decimal(38,5)))
                    from reporting.events
                    where billing_month = '2026-09-01' and event not in ('calendar', 'everything_else')
                        and receiver_id in ('company.all', 'data', 'platform', 'vision', 'assistant')
                    """)
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "company.all price 16 30 p5.48xlarge -1862.55360",
            "vision price 16 30 p5.48xlarge -1614.21312",
            "platform price 16 30 p5.48xlarge -248.34048",
            "platform overlap 16 30 p5.48xlarge 248.34048",
            "platform without_work 19 20 p5.48xlarge vision 2235.06432",
            "vision hand_over 19 20 p5.48xlarge platform -2235.06432",
            "company.all refund 15 15 Refund for an interrupted training job -310.25000",
            "vision refund 15 15 Refund for an interrupted training job -310.25000",
            "platform unused_commitment 8 10 p4d.24xlarge Reserved Instance in us-east-1 assistant"
                + " 619.20000",
            "assistant hand_over 8 10 p4d.24xlarge Reserved Instance in us-east-1 platform"
                + " -619.20000");
    assertThat(
            spark
                .sql(
                    "select event from reporting.events where receiver_id = 'company.all' and"
                        + " billing_month = '2026-09-01' order by position")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("calendar", "price", "refund", "everything_else");
  }

  /** The causes are what the sample company planted, not only what telemetry tells. */
  @Test
  void eventsNameTheirCauses() {
    List<Row> empty =
        spark
            .sql(
                "select distinct node_id, accelerators, accelerator_model, cast(empty_hours as"
                    + " int), run_id, run_status, run_user_id, workload_id, ended_day, ended_time"
                    + " from reporting.events where cause = 'run_ended' and billing_month ="
                    + " '2026-09-01'")
            .collectAsList();
    assertThat(empty)
        .extracting(row -> row.mkString("|"))
        .containsExactly(
            "ip-10-40-17-23.ec2.internal|8|H100 80GB|48|detector-2026w38|failed|lena"
                + "|vision-train/detector-train-w38-0|2026-09-19|00:00");
    assertThat(
            spark
                .sql(
                    "select * from truth_events where event = 'idle_weekend' and detail like"
                        + " 'ip-10-40-17-23.ec2.internal: eight H100%' and day = '2026-09-19'")
                .count())
        .isEqualTo(1);
    assertThat(
            spark
                .sql(
                    "select distinct node_id from reporting.events where cause = 'node_down'"
                        + " except select substring_index(detail, ':', 1) from truth_events"
                        + " where event = 'maintenance'")
                .collectAsList())
        .isEmpty();
    assertThat(
            spark
                .sql("select receiver_id from reporting.events where cause = 'node_down'")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .contains("platform", "assistant");
  }

  /** A resource is new if the bill of the month before has no charge of it, for whatever team. */
  @Test
  void newAndEndedAreOfTheBill() {
    String ofBill = "select x_BillingMonth, ResourceId from allocation.allocated_charges";
    assertThat(
            spark
                .sql(
                    "select events.* from reporting.events join ("
                        + ofBill
                        + " group by all) as bill on bill.ResourceId = events.resource_id where"
                        + " event = 'new' and x_BillingMonth = add_months(billing_month, -1)"
                        + " or event = 'ended' and x_BillingMonth = billing_month")
                .collectAsList())
        .isEmpty();
    assertThat(
            spark
                .sql(
                    "select * from reporting.events where event in ('new', 'ended') and"
                        + " billing_month = '2026-08-01'")
                .count())
        .as("telemetry begins in August: nodes of platform become nodes of several teams")
        .isZero();
  }

  /** What moves to one team by telemetry moves from another, and is no hand-over of a node. */
  @Test
  void telemetryThatBeginsIsAnEventOfItsOwn() {
    String august = " from reporting.events where billing_month = '2026-08-01'";
    assertThat(
            spark.sql("select *" + august + " and event = 'hand_over' and reason is null").count())
        .isZero();
    List<String> moved =
        spark
            .sql(
                "select receiver_id"
                    + august
                    + " and event = 'measured' and receiver_kind = 'team'")
            .as(Encoders.STRING())
            .collectAsList();
    assertThat(moved).contains("platform", "vision");
    assertThat(
            spark
                .sql(
                    "select receiver_id from reporting.statements where billing_month ="
                        + " '2026-08-01' and previous_shown is null")
                .as(Encoders.STRING())
                .collectAsList())
        .containsAll(moved)
        .doesNotContain("company.all");
    assertThat(
            spark
                .sql(
                    "select round(sum(change), 1)"
                        + august
                        + " and event = 'measured' and receiver_kind = 'team'")
                .first()
                .getDecimal(0))
        .isEqualByComparingTo("0");
  }

  /** The nodes of the cluster are in the account of Platform, and Search uses two of them. */
  @Test
  void whatTelemetryMovedToATeamIsItsPartOfTheDeliveredNodes() throws IOException {
    Path sample = folder.resolve("sample");
    String script =
        "set variable exports = '%s';\nset variable telemetry = '%s';\n"
                .formatted(sample.resolve("exports"), sample.resolve("telemetry/train-use1"))
            + Files.readString(Path.of("tests/fixtures/duckdb/measured.sql"));
    BigDecimal moved = new BigDecimal(Duck.rows(script, "select moved from moved_again").get(0));
    assertThat(moved).isPositive();
    assertThat(august("moved_cost", "economics.measured_moves", "team_id = 'search'"))
        .isEqualByComparingTo(moved);
    assertThat(
            august("change", "reporting.events", "receiver_id = 'search' and event = 'measured'"))
        .isEqualByComparingTo(moved);
    assertThat(
            august(
                "change_cost",
                "economics.receiver_cost_changes",
                "receiver_id = 'search' and effect = 'measured'"))
        .isEqualByComparingTo(moved);
  }

  /** Returns a sum of August, to six digits. */
  private static BigDecimal august(String amount, String table, String condition) {
    return spark
        .sql(
            "select cast(sum(%s) as decimal(30, 6)) from %s where %s and month(billing_month) = 8"
                .formatted(amount, table, condition))
        .first()
        .getDecimal(0);
  }

  @Test
  void anotherEngineFindsTheSameEventsToTheLastDigit(@TempDir Path opinions) throws IOException {
    StringBuilder script = new StringBuilder();
    for (String table :
        List.of("reporting.events", "reporting.statements", "allocation.allocated_charges")) {
      String name = table.replaceFirst("^.*\\.", "");
      script.append(Duck.table(spark.table(table).drop("labels", "names"), opinions, name));
    }
    script.append(Files.readString(Path.of("tests/fixtures/duckdb/events.sql")));
    assertThat(Duck.differences(script.toString(), "compared", "events_again")).isEmpty();
  }

  /**
   * Over the teams, an event sums to that of the company: what moves between them is nothing.
   * Events below a cent are not listed.
   */
  @Test
  void theEventsOfTheTeamsAreThoseOfTheCompany() {
    assertThat(
            spark
                .sql(
                    """
                    select billing_month, coalesce(reason, event) as event, item_id, sum(if(receiver_kind = 'team', change, -change))
                    from reporting.events
                    where receiver_kind in ('team', 'company') and item_id is not null
                        and (reason is not null or event in ('price', 'refund', 'credit', 'correction'))
                    group by all
                    having abs(sum(if(receiver_kind = 'team', change, -change))) >= 0.05
                    """)
                .collectAsList())
        .isEmpty();
  }

  @Test
  void everyEventIsExplained() {
    Column explained =
        col("billing_month")
            .equalTo("2026-09-01")
            .and(col("receiver_id").isin("vision", "platform", "assistant"));
    Map<String, Map<String, ExplanationStep>> trees = Explain.lines(spark, explained);
    List<Row> events =
        spark
            .table("reporting.events")
            .where(explained)
            .select("receiver_id", "line_id", "change")
            .collectAsList();
    assertThat(events).hasSizeGreaterThan(10);
    for (Row event : events) {
      ExplanationStep tree = trees.get(event.getString(0)).get(event.getString(1));
      assertThat(tree.money()).as(tree.text()).isEqualByComparingTo(event.getDecimal(2));
      assertThat(tree.addsUp()).as(tree.text()).isTrue();
    }
  }
}
