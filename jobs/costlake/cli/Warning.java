package costlake.cli;

import costlake.config.Config;
import costlake.core.Delivery;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.night.SourceWarnings;
import costlake.night.UnconfiguredSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A warning. It stops nothing, but a person should look at it.
 *
 * @param subject audit or source that warns
 * @param detail how many cases, an example, and what to do
 */
record Warning(String subject, String detail) {
  /** Selects the audits that warned when a successful run last ran them. */
  private static final String AUDITS =
      """
      select subject, last.detail
      from (
          select outcomes.subject,
              max_by(struct(outcomes.status, outcomes.detail), struct(runs.started_at, outcomes.position)) as last
          from ops.outcomes as outcomes
          inner join ops.runs as runs on outcomes.run_id = runs.run_id
          where outcomes.step = 'audit' and runs.status = 'done'
          group by all
      )
      where last.status = 'warned'
      order by subject
      """;

  /** Reads the warnings that hold now. The {@code ops} tables must be registered as views. */
  static List<Warning> of(Config config, Lake lake, SparkSession spark) {
    Stream<Warning> sources = Stream.concat(silent(config, lake), unconfigured(config, lake));
    return Stream.concat(sources, audits(spark)).toList();
  }

  private static Stream<Warning> silent(Config config, Lake lake) {
    return SourceWarnings.silent(config, lake).entrySet().stream()
        .map(source -> new Warning(source.getKey(), source.getValue()));
  }

  private static Stream<Warning> unconfigured(Config config, Lake lake) {
    List<Delivery> current = lake.publication().map(Publication::deliveries).orElse(List.of());
    return UnconfiguredSource.of(config, current, () -> costs(lake)).stream()
        .map(source -> new Warning(source.sourceId(), source.warning()));
  }

  private static Optional<Dataset<Row>> costs(Lake lake) {
    return lake.publication()
        .filter(p -> p.versions().containsKey(UnconfiguredSource.COSTS.toString()))
        .map(p -> lake.read(UnconfiguredSource.COSTS));
  }

  private static Stream<Warning> audits(SparkSession spark) {
    boolean hasRun =
        spark.catalog().tableExists("ops.outcomes") && spark.catalog().tableExists("ops.runs");
    return hasRun
        ? spark.sql(AUDITS).collectAsList().stream()
            .map(row -> new Warning(row.getString(0), row.getString(1)))
        : Stream.of();
  }
}
