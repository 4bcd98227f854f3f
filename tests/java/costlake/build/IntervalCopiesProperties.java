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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.SparkSession;

/** Each attempt counts once, with one number, whatever deliveries contain it in whatever order. */
class IntervalCopiesProperties {
  private static final RelationName RECORDS = RelationName.parse("telemetry.slurm_intervals");
  private static final RelationName INTERVALS = RelationName.parse("telemetry.intervals");
  private static final Graph GRAPH = Models.embedded(SourceKinds.active(Set.of("slurm"))).compile();

  /**
   * A record of an attempt in one delivery.
   *
   * @param day day of September on which it started
   * @param month month of the delivery
   * @param days how long it lasted; 0 if it has no end
   */
  private record Copy(int job, int day, int month, int days) {
    Map<String, Object> row() {
      Map<String, Object> row = new HashMap<>();
      row.put("source_id", "batch");
      row.put("delivered_for", LocalDate.of(2026, month, 1).toString());
      row.put("scheduler", "slurm");
      row.put("cluster_id", "tiny");
      row.put("workload_id", String.valueOf(job));
      row.put("run_id", String.valueOf(job));
      row.put("started_at", start() + " 10:00:00");
      row.put("ended_at", days == 0 ? null : start().plusDays(days) + " 10:00:00");
      row.put("labels", Map.of());
      return row;
    }

    LocalDate start() {
      return LocalDate.of(2026, 9, day);
    }

    String attempt() {
      return job + " " + start();
    }
  }

  @Property(tries = 6)
  void theNewestCopyWithAnEndCounts(@ForAll("copies") List<Copy> copies) {
    assertThat(intervals(copies)).isEqualTo(expected(copies));
  }

  /** Job and start of each attempt, to its number, month and length. */
  private static Map<String, String> expected(List<Copy> copies) {
    Map<String, Copy> counted = new TreeMap<>();
    Comparator<Copy> better =
        Comparator.comparing((Copy copy) -> copy.days() > 0).thenComparing(Copy::month);
    copies.forEach(
        copy ->
            counted.merge(
                copy.attempt(),
                copy,
                (one, other) -> better.compare(one, other) < 0 ? other : one));
    Map<Integer, Integer> attempts = new HashMap<>();
    Map<String, String> expected = new TreeMap<>();
    counted.forEach(
        (attempt, copy) ->
            expected.put(
                attempt,
                "%d %d %d"
                    .formatted(
                        attempts.merge(copy.job(), 1, Integer::sum), copy.month(), copy.days())));
    return expected;
  }

  private static Map<String, String> intervals(List<Copy> copies) {
    SparkSession spark = SparkHarness.spark().newSession();
    Functions.register(spark);
    List<Map<String, Object>> rows = new ArrayList<>();
    copies.forEach(copy -> rows.add(copy.row()));
    TypedRows.of(spark, TypedRows.schema(GRAPH.columns(RECORDS)), rows, "the records")
        .createOrReplaceTempView(RECORDS.view());
    ConfigurationViews.register(spark, Config.defaults(Path.of("conf")), GRAPH);
    ModelViews.register(spark, GRAPH, List.of(INTERVALS), Set.of(RECORDS), (model, query) -> query);
    Map<String, String> found = new TreeMap<>();
    spark
        .sql(
            "select concat_ws(' ', workload_id, cast(cast(started_at as date) as string)),"
                + " concat_ws(' ', cast(attempt as string), cast(month(delivered_for) as string),"
                + " cast(coalesce(date_diff(ended_at, started_at), 0) as string))"
                + " from telemetry__intervals")
        .collectAsList()
        .forEach(row -> assertThat(found.put(row.getString(0), row.getString(1))).isNull());
    return found;
  }

  @Provide
  Arbitrary<List<Copy>> copies() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(10, 14),
            Arbitraries.integers().between(9, 12),
            Arbitraries.integers().between(0, 3))
        .as(Copy::new)
        .list()
        .uniqueElements(copy -> copy.attempt() + " " + copy.month())
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
