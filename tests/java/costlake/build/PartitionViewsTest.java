package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PartitionViewsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);

  @Test
  void cutsToRangesAndSingleDays() {
    Set<LocalDate> days =
        Stream.of(0, 1, 2, 5, 8, 9).map(FIRST::plusDays).collect(Collectors.toSet());
    assertThat(cut(days).as(Encoders.STRING()).collectAsList())
        .containsExactly(
            "2026-09-01", "2026-09-02", "2026-09-03", "2026-09-06", "2026-09-09", "2026-09-10");
    assertThat(cut(Set.of()).collectAsList()).isEmpty();
  }

  @Test
  void manyDaysMakeAShortCondition() {
    Set<LocalDate> days = FIRST.datesUntil(FIRST.plusYears(1000)).collect(Collectors.toSet());
    assertThat(
            ((org.apache.spark.sql.classic.Dataset<Row>) cut(days))
                .queryExecution()
                .logical()
                .toString())
        .hasSizeLessThan(1_000);
  }

  private static Dataset<Row> cut(Set<LocalDate> days) {
    Dataset<Row> rows =
        SparkHarness.spark()
            .range(12)
            .selectExpr("date_add(date'2026-09-01', cast(id as int)) as day");
    return PartitionViews.cut(rows, "day", Partitions.of(days))
        .selectExpr("cast(day as string) as day")
        .orderBy("day");
  }
}
