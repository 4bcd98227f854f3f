package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.HostList;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The hours of intervals add up to the intervals exactly, whatever their length and nodes. */
class IntervalHoursProperties {
  private static final RelationName INTERVALS = RelationName.parse("telemetry.intervals");
  private static final RelationName HOURS = RelationName.parse("telemetry.interval_hours");
  private static final Instant FROM = Instant.parse("2026-02-27T00:00:00Z");
  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final Graph GRAPH = Models.embedded().compile();

  /** An interval of {@code micros}, with counts in thousandths. */
  private record Interval(long startMicros, long micros, int nodes, int cores, int devices) {
    String nodeList() {
      return nodes == 0 ? "" : "n[1-" + nodes + "]";
    }

    Map<String, Object> row(int id) {
      Map<String, Object> row = new HashMap<>();
      row.put("workload_id", String.valueOf(id));
      row.put("attempt", "1");
      row.put("started_at", text(startMicros));
      row.put("ended_at", text(startMicros + micros));
      row.put("node_list", nodes == 0 ? null : nodeList());
      row.put("cpu_cores", thousandths(cores).toPlainString());
      row.put("accelerators", thousandths(devices).toPlainString());
      row.put("memory_bytes", String.valueOf(cores * 1_073_741_824L));
      row.put("labels", Map.of());
      return row;
    }

    private static String text(long micros) {
      return FROM.plus(micros, ChronoUnit.MICROS).toString().replace('T', ' ').replace("Z", "");
    }

    static BigDecimal thousandths(long count) {
      return BigDecimal.valueOf(count, 3);
    }

    BigDecimal times(BigDecimal count) {
      return count.multiply(BigDecimal.valueOf(micros, 6));
    }
  }

  @Property(tries = 8)
  void hoursAddUpToTheInterval(@ForAll("intervals") List<Interval> intervals) {
    Map<String, List<Row>> hours = hours(intervals);

    for (int id = 0; id < intervals.size(); id++) {
      Interval one = intervals.get(id);
      List<Row> rows = hours.getOrDefault(String.valueOf(id), List.of());
      int nodes = Math.max(1, one.nodes());
      assertThat(sum(rows, "cpu_core_s"))
          .isEqualByComparingTo(one.times(Interval.thousandths(one.cores())));
      assertThat(sum(rows, "accelerator_s"))
          .isEqualByComparingTo(one.times(Interval.thousandths(one.devices())));
      assertThat(sum(rows, "memory_byte_s"))
          .isEqualByComparingTo(one.times(BigDecimal.valueOf(one.cores() * 1_073_741_824L)));
      assertThat(sum(rows, "held_s")).isEqualByComparingTo(one.times(BigDecimal.valueOf(nodes)));
      assertThat(rows).hasSize(nodes * hoursTouched(one));
      assertEachHourOnEachNodeOnce(rows, one);
    }
  }

  private static int hoursTouched(Interval one) {
    long first = Math.floorDiv(one.startMicros(), HOUR_MICROS);
    long last = Math.floorDiv(one.startMicros() + one.micros() - 1, HOUR_MICROS);
    return (int) (last - first + 1);
  }

  private static void assertEachHourOnEachNodeOnce(List<Row> rows, Interval one) {
    Set<String> nodes = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (Row row : rows) {
      String node = row.getAs("node_id");
      nodes.add(String.valueOf(node));
      assertThat(seen.add(node + " " + row.getAs("hour_start"))).isTrue();
      assertThat(row.<BigDecimal>getAs("held_s"))
          .isPositive()
          .isLessThanOrEqualTo(new BigDecimal("3600"));
    }
    Set<String> expected =
        one.nodes() == 0
            ? Set.of("null")
            : Set.copyOf(HostList.names(one.nodeList()).orElseThrow());
    assertThat(nodes).isEqualTo(expected);
  }

  private static BigDecimal sum(List<Row> rows, String column) {
    return rows.stream()
        .map(row -> row.<BigDecimal>getAs(column))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, List<Row>> hours(List<Interval> intervals) {
    SparkSession spark = SparkHarness.spark().newSession();
    Functions.register(spark);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int id = 0; id < intervals.size(); id++) {
      rows.add(intervals.get(id).row(id));
    }
    TypedRows.of(spark, TypedRows.schema(GRAPH.columns(INTERVALS)), rows, "the intervals")
        .createOrReplaceTempView(INTERVALS.view());
    Map<String, List<Row>> byWorkload = new HashMap<>();
    spark
        .sql(GRAPH.model(HOURS).render(Resolver.VIEWS))
        .collectAsList()
        .forEach(
            row ->
                byWorkload
                    .computeIfAbsent(row.getAs("workload_id"), any -> new ArrayList<>())
                    .add(row));
    return byWorkload;
  }

  @Provide
  Arbitrary<List<Interval>> intervals() {
    Arbitrary<Long> starts =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 100).map(hour -> hour * HOUR_MICROS),
            Arbitraries.longs().between(0, 100 * HOUR_MICROS));
    Arbitrary<Long> lengths =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 3 * HOUR_MICROS),
            Arbitraries.longs().between(1, 60).map(hours -> hours * HOUR_MICROS),
            Arbitraries.longs().between(1, 40 * HOUR_MICROS));
    return Combinators.combine(
            starts,
            lengths,
            Arbitraries.integers().between(0, 13),
            Arbitraries.integers().between(0, 200_000),
            Arbitraries.integers().between(0, 64_000))
        .as(Interval::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }
}
