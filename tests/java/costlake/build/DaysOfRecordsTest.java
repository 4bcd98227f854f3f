package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DaysOfRecordsTest {
  private static final RelationName JOBS = RelationName.parse("bronze.slurm_jobs");
  private static final RelationName JSON_JOBS = RelationName.parse("bronze.slurm_json_jobs");
  private static final RelationName RUNS = RelationName.parse("bronze.neotrack_runs");
  private static final RelationName REQUESTS = RelationName.parse("bronze.neotrack_requests");
  private static final String EARLIER =
      job("2026-09", "vision", "09-29T10:00:00", "09-29T11:00:00");
  private static final String LATER = job("2026-10", "vision", "10-02T22:00:00", "10-03T04:00:00");

  private static final SparkSession SPARK = SparkHarness.spark().newSession();
  private static final Graph GRAPH =
      Models.embedded(SourceKinds.active(Set.of("slurm", "neotrack"))).compile();

  @BeforeAll
  static void register() {
    Functions.register(SPARK);
    ConfigurationViews.register(SPARK, Config.defaults(Path.of("conf")), GRAPH);
    rows(JSON_JOBS, List.of()).createOrReplaceTempView(JSON_JOBS.view());
  }

  @Test
  void anEarlierAttemptThatIsDeliveredLaterChangesTheDaysOfLaterAttempts() {
    assertThat(differing(List.of(LATER), List.of(LATER, EARLIER)))
        .containsExactly("2026-09-29", "2026-10-02", "2026-10-03");
    assertThat(differing(List.of(LATER, EARLIER), List.of(LATER)))
        .containsExactly("2026-09-29", "2026-10-02", "2026-10-03");
  }

  @Test
  void theSameRecordInAnotherDeliveryChangesNothing() {
    String again = LATER.replace("2026-10-01", "2026-11-01");
    assertThat(differing(List.of(LATER), List.of(again, LATER))).isEmpty();
  }

  @Test
  void aCorrectedRecordChangesTheDaysOfBothVersions() {
    String corrected = job("2026-10", "search", "10-02T22:00:00", "10-02T23:00:00");
    assertThat(differing(List.of(LATER), List.of(corrected)))
        .containsExactly("2026-10-02", "2026-10-03");
  }

  @Test
  void daysAreThoseOfUtcAndWithoutTheMidnightAtTheEnd() {
    String offset = job("2026-09", "vision", "09-02T00:30:00+02:00", "09-02T02:00:00+02:00");
    assertThat(differing(List.of(), List.of(offset))).containsExactly("2026-09-01");
  }

  @Test
  void aRecordWithoutHoursChangesItsFirstDaySoThatAuditsFindIt() {
    String running = job("2026-10", "vision", "10-02T22:00:00", "").replace(", ended: '2026-'", "");
    String endless = LATER.replace("'2026-10-03T", "'2098-10-03T");
    String backwards = LATER.replace("'2026-10-03T", "'2026-10-01T");
    for (String record : List.of(running, endless, backwards)) {
      assertThat(differing(List.of(), List.of(record))).containsExactly("2026-10-02");
    }
  }

  @Test
  void aRunThatEndsElsewhereChangesTheDaysOfItsWorkload() {
    String run = run("'2026-09-14T22:00:00'", "'2026-09-16T04:00:00'", "0.8");
    String shorter = run("'2026-09-14T22:00:00'", "'2026-09-15T04:00:00'", "0.8");
    assertThat(differing(RUNS, List.of(run), List.of(shorter)))
        .containsExactly("2026-09-14", "2026-09-15", "2026-09-16");
  }

  @Test
  void anotherMetricOfARunChangesItsFirstDayOnly() {
    String run = run("'2026-09-14T22:00:00'", "'2026-09-16T04:00:00'", "0.8");
    assertThat(differing(RUNS, List.of(run), List.of(run.replace("0.8", "0.9"))))
        .containsExactly("2026-09-14");
  }

  @Test
  void aRunWithoutAStartChangesTheMonthOfItsDelivery() {
    assertThat(differing(RUNS, List.of(), List.of(run("null", "null", "0.8"))))
        .containsExactly("2026-09-01");
  }

  @Test
  void aRunMayClaimHoursForFourHundredDaysUntilItEnds() {
    String running = run("'2026-09-14T22:00:00'", "null", "0.8");
    assertThat(differing(RUNS, List.of(), List.of(running)))
        .hasSize(401)
        .startsWith("2026-09-14")
        .endsWith("2027-10-19");
  }

  @Test
  void aRequestChangesItsDay() {
    String request = request("2026-09-30T23:59:59", "7");
    assertThat(differing(REQUESTS, List.of(request), List.of(request))).isEmpty();
    assertThat(differing(REQUESTS, List.of(request), List.of(request("2026-10-01T00:00:00", "7"))))
        .containsExactly("2026-09-30", "2026-10-01");
    assertThat(differing(REQUESTS, List.of(request), List.of(request.replace("'7'", "'8'"))))
        .containsExactly("2026-09-30");
  }

  @Test
  void theAnswerOfARequestCountsNotItsFailures() {
    String answer = request("2026-09-14T10:00:01", "7");
    String failure = answer.replace("succeeded", "failed").replace("10:00:01", "10:00:09");
    assertThat(differing(REQUESTS, List.of(answer), List.of(failure, answer, failure))).isEmpty();
  }

  @Test
  void theNewestDeliveryOfARunCounts() {
    String run = run("'2026-09-14T22:00:00'", "null", "0.8");
    String newer = run.replace("2026-09-01", "2026-10-01").replace("0.8", "0.9");
    assertThat(differing(RUNS, List.of(newer), List.of(run, newer))).isEmpty();
  }

  @Test
  void recordsOfOneTableDoNotChangeTheDaysOfOthers() {
    Map<RelationName, Set<LocalDate>> days =
        DaysOfRecords.differing(
            SPARK,
            GRAPH,
            Map.of(JOBS, rows(JOBS, List.of()), REQUESTS, rows(REQUESTS, List.of())),
            Map.of(
                JOBS,
                rows(JOBS, List.of()),
                REQUESTS,
                rows(REQUESTS, List.of(request("2026-09-14T10:00:00", "7")))));
    assertThat(days)
        .containsEntry(JOBS, Set.of())
        .containsEntry(REQUESTS, Set.of(LocalDate.of(2026, 9, 14)));
  }

  private List<String> differing(List<String> before, List<String> now) {
    return differing(JOBS, before, now);
  }

  private List<String> differing(RelationName relation, List<String> before, List<String> now) {
    Map<RelationName, Set<LocalDate>> days =
        DaysOfRecords.differing(
            SPARK,
            GRAPH,
            Map.of(relation, rows(relation, before)),
            Map.of(relation, rows(relation, now)));
    return days.getOrDefault(relation, Set.of()).stream().map(LocalDate::toString).toList();
  }

  private static Dataset<Row> rows(RelationName relation, List<String> records) {
    String columns =
        GRAPH.columns(relation).entrySet().stream()
            .map(column -> "`%s` %s".formatted(column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    return SPARK
        .read()
        .schema(columns)
        .option("allowUnquotedFieldNames", true)
        .json(SPARK.createDataset(records, Encoders.STRING()));
  }

  /** A run that September's delivery contains; start and end are quoted, or null. */
  private static String run(String started, String ended, String accuracy) {
    return """
        {_source_id: 'log', _billing_period: '2026-09-01', run: 'a', started: %s, ended: %s, \
        pod: 'ml/a-1', accuracy: '%s'}\
        """
        .formatted(started, ended, accuracy);
  }

  private static String request(String arrived, String tokens) {
    return """
        {_source_id: 'log', _billing_period: '%s-01', id: 'r1', arrived: '%s', \
        status: 'succeeded', tokens: '%s'}\
        """
        .formatted(arrived.substring(0, 7), arrived, tokens);
  }

  /** A record of job 7 of cluster tiny; start and end without their year. */
  private static String job(String month, String account, String started, String ended) {
    return """
        {_source_id: 'batch', _billing_period: '%s-01', job_id: '7', job_id_raw: '7', \
        cluster: 'tiny', account: '%s', started: '2026-%s', ended: '2026-%s', \
        state: 'COMPLETED', alloc_tres: 'cpu=4', node_list: 'n1'}\
        """
        .formatted(month, account, started, ended);
  }
}
