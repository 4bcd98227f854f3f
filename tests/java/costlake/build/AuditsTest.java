package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.audit.WrittenAudit;
import costlake.lake.Outcome;
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
    Outcome outcome = answer(0, WrittenAudit.Level.ERROR);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.DONE);
    assertThat(outcome.detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 999, 1000, 1001})
  void allRowsAreCountedAndThreeShown(long rows) {
    Outcome outcome = answer(rows, WrittenAudit.Level.ERROR);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.FAILED);
    assertThat(outcome.detail()).isEqualTo(rows + " rows, e.g. id 0; id 1; id 2");
  }

  @Test
  void aWarningDoesNotFail() {
    Outcome outcome = answer(1, WrittenAudit.Level.WARN);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.WARNED);
    assertThat(outcome.detail()).isEqualTo("1 row, e.g. id 0");
  }

  @Test
  void aWarningSaysWhatToDoNext() {
    Outcome outcome =
        Audits.outcome(
            "unused_rules", WrittenAudit.Level.WARN, "Delete it.", spark.range(0, 1, 1, 1).toDF());
    assertThat(outcome.detail()).isEqualTo("1 row, e.g. id 0. Delete it.");
  }

  @Test
  void valuesAreWrittenAsAPersonWould() {
    Outcome outcome =
        Audits.outcome(
            "unused_rules",
            WrittenAudit.Level.WARN,
            null,
            spark.sql(
                "select array('a', 'b') as nodes, cast(0 as decimal(38, 8)) as cost, map('k', 1.50)"
                    + " as labels, named_struct('x', 1) as pair, cast(null as string) as team"));
    assertThat(outcome.detail())
        .isEqualTo("1 row, e.g. nodes a and b, cost 0, labels k=1.5, pair (x 1), team empty");
  }

  private static Outcome answer(long rows, WrittenAudit.Level level) {
    return Audits.outcome("focus_advisory_rules", level, null, spark.range(0, rows, 1, 1).toDF());
  }
}
