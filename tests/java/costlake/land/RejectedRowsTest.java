package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.testing.SparkHarness;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class RejectedRowsTest {
  private static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);

  @Test
  void countsRowsInTheMonthOfTheirDelivery() {
    SparkSession spark = SparkHarness.spark();
    RejectedRows.register(
        spark,
        List.of(
            delivery("bill", SEPTEMBER, 0),
            delivery("sacct", SEPTEMBER, 2, 3),
            delivery("prometheus", LocalDate.of(2026, 9, 14), 1),
            delivery("mlflow", Delivery.ALL_PERIODS, 4)));
    assertThat(spark.table("ops__rejected_rows").collectAsList())
        .containsExactly(
            RowFactory.create("sacct", "d", Date.valueOf("2026-09-01"), 5L),
            RowFactory.create("prometheus", "d", Date.valueOf("2026-09-01"), 1L),
            RowFactory.create("mlflow", "d", Date.valueOf("2026-10-01"), 4L));
  }

  @Test
  void aDigestDiffersWithTheNumbers() {
    assertThat(RejectedRows.digests(List.of(delivery("sacct", SEPTEMBER, 2))))
        .isEqualTo(
            RejectedRows.digests(
                List.of(delivery("sacct", SEPTEMBER, 2), delivery("bill", SEPTEMBER, 0))))
        .isNotEqualTo(RejectedRows.digests(List.of(delivery("sacct", SEPTEMBER, 3))));
  }

  private static Delivery delivery(String source, LocalDate period, long... rejected) {
    List<DeliveredFile> files =
        Arrays.stream(rejected)
            .mapToObj(rows -> new DeliveredFile("file", 1, "hash", 10, rows))
            .toList();
    return new Delivery(
        source,
        "kind",
        period,
        "d",
        files,
        Instant.parse("2026-10-02T01:00:00Z"),
        "run",
        Delivery.Status.CURRENT);
  }
}
