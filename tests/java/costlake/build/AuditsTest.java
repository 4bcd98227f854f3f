package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.lake.Outcome;
import costlake.model.Audit;
import costlake.testing.SparkHarness;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the outcomes of audits. */
class AuditsTest {
  private static SparkSession spark;

  @BeforeAll
  static void engine() {
    spark = SparkHarness.spark();
  }

  @Test
  void noRowsMeanThatAllIsWell() {
    Outcome outcome = answer(0, Audit.Level.ERROR);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.DONE);
    assertThat(outcome.detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 999, 1000, 1001})
  void allRowsAreCountedAndThreeShown(long rows) {
    Outcome outcome = answer(rows, Audit.Level.ERROR);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.FAILED);
    assertThat(outcome.detail()).isEqualTo(rows + " rows, e.g. [[0], [1], [2]]");
  }

  @Test
  void aWarningDoesNotFail() {
    Outcome outcome = answer(1, Audit.Level.WARN);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.WARNED);
    assertThat(outcome.detail()).isEqualTo("1 rows, e.g. [[0]]");
  }

  @Test
  void aWarningSaysWhatToDoNext() {
    Outcome outcome =
        Audits.outcome(
            "unused_rules", Audit.Level.WARN, "Delete it.", spark.range(0, 1, 1, 1).toDF());
    assertThat(outcome.detail()).isEqualTo("1 rows, e.g. [[0]]. Delete it.");
  }

  private static Outcome answer(long rows, Audit.Level level) {
    return Audits.outcome("focus_advisory_rules", level, null, spark.range(0, rows, 1, 1).toDF());
  }
}
