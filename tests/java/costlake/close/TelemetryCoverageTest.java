package costlake.close;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Checks the coverage of a month by telemetry, for each cluster. */
class TelemetryCoverageTest {
  private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
  private static final BigDecimal LEAST = new BigDecimal("0.9");

  @Test
  void namesAClusterThatDeliveredNothingThoughTheOthersHaveEveryDay() {
    Gate gate =
        new TelemetryCoverage(
                SEPTEMBER, nodes(days("train", 30, "1")), devices(days("train", 30, "1")))
            .gate(List.of("train", "serve"), LEAST);
    assertThat(gate.passed()).isFalse();
    assertThat(gate.figures())
        .startsWith(
            "serve has no telemetry; train 30 of 30 days, 100.0 % of their accelerator time,"
                + " coverage 100.0 %; at least 90.0 % of each cluster. Deliver what is missing");
  }

  @Test
  void aClusterThatMeasuredLittleIsNotHiddenByALargerOne() {
    Stream<String> hours = Stream.concat(days("train", 30, "1"), days("serve", 30, "0.5"));
    List<String> both = hours.toList();
    Gate gate =
        new TelemetryCoverage(SEPTEMBER, nodes(both.stream()), devices(both.stream()))
            .gate(List.of("train", "serve"), LEAST);
    assertThat(gate.passed()).isFalse();
    assertThat(gate.figures())
        .startsWith(
            "serve 30 of 30 days, 50.0 % of their accelerator time, coverage 50.0 %; train");
  }

  @Test
  void aClusterWithoutAcceleratorsCountsTheTimeOfItsNodes() {
    Gate gate =
        new TelemetryCoverage(SEPTEMBER, cpuNodes(days("web", 29, "1")), devices(Stream.of()))
            .gate(List.of("web"), LEAST);
    assertThat(gate.passed()).isTrue();
    assertThat(gate.figures())
        .isEqualTo(
            "web 29 of 30 days, 100.0 % of their node time, coverage 96.7 %; at least 90.0 % of"
                + " each cluster");
  }

  @Test
  void nodesWithAcceleratorsThatNobodyMeasuredAreNotEnough() {
    Gate gate =
        new TelemetryCoverage(SEPTEMBER, nodes(days("train", 30, "1")), devices(Stream.of()))
            .gate(List.of("train"), LEAST);
    assertThat(gate.passed()).isFalse();
    assertThat(gate.figures()).startsWith("train has no telemetry of its accelerators; at least");
  }

  @Test
  void devicesThatNobodyMeasuredCountAsNotMeasured() {
    Dataset<Row> nodes =
        nodes(days("train", 30, "1"))
            .union(
                nodes(days("train", 30, "1"))
                    .withColumn("node_id", functions.lit("silent"))
                    .withColumn(
                        "accelerator_capacity_s", functions.expr("79 * accelerator_capacity_s")));
    Gate one =
        new TelemetryCoverage(SEPTEMBER, nodes, devices(days("train", 30, "1")))
            .gate(List.of("train"), LEAST);
    assertThat(one.passed()).isFalse();
    assertThat(one.figures())
        .startsWith("train 30 of 30 days, 1.2 % of their accelerator time, coverage 1.2 %");
    Gate half =
        new TelemetryCoverage(
                SEPTEMBER, nodes(days("train", 30, "1")), devices(days("train", 15, "1")))
            .gate(List.of("train"), LEAST);
    assertThat(half.figures())
        .as("a day without a device is not counted twice")
        .startsWith("train 15 of 30 days, 100.0 % of their accelerator time, coverage 50.0 %");
  }

  @Test
  void aCapacityThatTimeSlicingMultipliesIsNoMissingDevice() {
    Dataset<Row> shared =
        nodes(days("train", 30, "1"))
            .withColumn("accelerator_capacity_s", functions.expr("4 * accelerator_capacity_s"));
    Gate gate =
        new TelemetryCoverage(SEPTEMBER, shared, devices(days("train", 30, "1")))
            .gate(List.of("train"), LEAST);
    assertThat(gate.passed()).isTrue();
  }

  @Test
  void theRecordOfAJobIsNoReportOfADevice() {
    Dataset<Row> jobs =
        devices(days("train", 30, "1"))
            .withColumn("accelerator_id", functions.lit(null).cast("string"));
    Gate gate =
        new TelemetryCoverage(SEPTEMBER, nodes(days("train", 30, "1")), jobs)
            .gate(List.of("train"), LEAST);
    assertThat(gate.passed()).isFalse();
    assertThat(gate.figures()).startsWith("train has no telemetry of its accelerators");
  }

  /**
   * Returns one row for each of the first {@code count} days of September, and one row for 31
   * August, which does not count.
   */
  private static Stream<String> days(String cluster, int count, String coverage) {
    return IntStream.rangeClosed(0, count)
        .mapToObj(
            day ->
                "(date '%s', '%s', 3600.0, %s)"
                    .formatted(SEPTEMBER.atDay(1).plusDays(day - 1L), cluster, coverage));
  }

  private static Dataset<Row> nodes(Stream<String> rows) {
    return hours(rows, "up_s, up_s as accelerator_capacity_s");
  }

  private static Dataset<Row> cpuNodes(Stream<String> rows) {
    return hours(rows, "up_s, cast(null as decimal(38,9)) as accelerator_capacity_s");
  }

  private static Dataset<Row> devices(Stream<String> rows) {
    return hours(rows, "'GPU-1' as accelerator_id, up_s as provisioned_s");
  }

  private static Dataset<Row> hours(Stream<String> rows, String columns) {
    String values =
        Stream.concat(rows, Stream.of("(date '2020-01-01', 'old', 1.0, 1.0)"))
            .collect(Collectors.joining(", "));
    return SparkHarness.spark()
        .sql(
            "select usage_date, cluster_id, 'n1' as node_id, coverage_ratio, %s from (select usage_date, cluster_id,"
                    .formatted(columns)
                + " cast(up_s as decimal(38,9)) as up_s, cast(coverage_ratio as decimal(18,9)) as"
                + " coverage_ratio from values %s as t(usage_date, cluster_id, up_s, coverage_ratio))"
                    .formatted(values));
  }
}
