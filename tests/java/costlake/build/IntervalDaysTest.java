package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class IntervalDaysTest {
  private static final RelationName JOBS = RelationName.parse("bronze.slurm_jobs");
  private static final String EARLIER =
      job("2026-09", "vision", "09-29T10:00:00", "09-29T11:00:00");
  private static final String LATER = job("2026-10", "vision", "10-02T22:00:00", "10-03T04:00:00");

  private final SparkSession spark = SparkHarness.spark().newSession();
  private final Graph graph = Models.embedded().compile();

  IntervalDaysTest() {
    Functions.register(spark);
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
    String endless = LATER.replace("'2026-10-03T", "'9999-10-03T");
    String backwards = LATER.replace("'2026-10-03T", "'2026-10-01T");
    for (String record : List.of(running, endless, backwards)) {
      assertThat(differing(List.of(), List.of(record))).containsExactly("2026-10-02");
    }
  }

  private List<String> differing(List<String> before, List<String> now) {
    Set<LocalDate> days =
        IntervalDays.differing(spark, graph, Map.of(JOBS, rows(before)), Map.of(JOBS, rows(now)));
    return days.stream().map(LocalDate::toString).toList();
  }

  private Dataset<Row> rows(List<String> jobs) {
    String columns =
        graph.columns(JOBS).entrySet().stream()
            .map(column -> "`%s` %s".formatted(column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    return spark
        .read()
        .schema(columns)
        .option("allowUnquotedFieldNames", true)
        .json(spark.createDataset(jobs, Encoders.STRING()));
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
