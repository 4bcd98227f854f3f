package costlake.serve;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.testing.SparkHarness;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CancellationsTest {

  /** Both ways in which the engine submits jobs: of a stage that is shuffled, and of a result. */
  @Test
  @Timeout(60)
  void whatAnEndedQueryStartsLaterIsCancelledAsWell() {
    SparkSession spark = SparkHarness.spark();
    SparkContext engine = spark.sparkContext();
    try (Cancellations cancellations = new Cancellations(engine)) {
      cancellations.cancel("gone", "cancelled");
      engine.setJobGroup("gone", "a query", true);
      for (String what : new String[] {"sum(a.id % 7)", "a.id"}) {
        assertThatThrownBy(
                spark.sql(
                        "select "
                            + what
                            + " from range(100000000) a cross join range(1000000) b where a.id % 3 < b.id - 1000000")
                    ::collectAsList)
            .hasMessageContaining("its query has ended");
      }
    } finally {
      engine.clearJobGroup();
    }
  }
}
