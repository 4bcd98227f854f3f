package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.testing.SparkHarness;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancels the Spark jobs of queries that have ended. */
@Timeout(60)
class CancellationsTest {
  private final SparkSession spark = SparkHarness.spark();
  private final SparkContext engine = spark.sparkContext();

  @AfterEach
  void clearJobGroup() {
    engine.clearJobGroup();
  }

  private List<Row> run(String group, String sql) {
    engine.setJobGroup(group, "a query", true);
    return spark.sql(sql).collectAsList();
  }

  /**
   * Covers both kinds of jobs that a query can start with: one that writes a shuffle, and one that
   * computes the result.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(id %% 7) from range(0, %s, 1, 2)",
        "id from range(0, %s, 1, 2) where id %% 7 < 0"
      })
  void cancelsJobsThatAnEndedQueryStartsLater(String query) {
    try (Cancellations cancellations = new Cancellations(engine)) {
      cancellations.cancel("gone", "failed");
      assertThatThrownBy(() -> run("gone", "select " + query.formatted("1000000000000000")))
          .hasMessageContaining("its query has ended");
    }
  }

  @Test
  void otherQueriesContinueAndNothingIsCancelledAfterClose() {
    try (Cancellations cancellations = new Cancellations(engine)) {
      cancellations.cancel("gone", "failed");
      assertThat(run("here", "select sum(id) from range(10)").get(0).getLong(0)).isEqualTo(45);
    }
    assertThat(run("gone", "select sum(id) from range(10)").get(0).getLong(0)).isEqualTo(45);
  }
}
