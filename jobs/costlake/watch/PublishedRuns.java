package costlake.watch;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What the last publication says of runs. */
final class PublishedRuns {
  /** The project of a run is the one with most of its cost. */
  private static final String COSTS =
      """
      with by_project as (
          select run_id, billing_currency, project_id, sum(effective_cost) as cost, max(usage_date) as last_day
          from economics.use_costs
          where run_id is not null and billing_currency is not null
          group by all
      )

      select
          by_project.run_id, billing_currency, max_by(project_id, cost) as project_id, sum(cost) as cost,
          max(last_day) as last_day, max(runs.started_at) as started_at
      from by_project
      left join (
          select run_id, min(started_at) as started_at from economics.training_runs where part = 'run' group by all
      ) as runs on by_project.run_id = runs.run_id
      group by all
      """;

  /**
   * A run.
   *
   * @param billedUntil last day with a charge
   * @param started null if no record says it
   */
  record Run(
      String id,
      @Nullable String project,
      Cost cost,
      LocalDate billedUntil,
      @Nullable Instant started) {
    /** Returns the first moment that no bill charges yet. */
    Instant billedEnd() {
      return Window.start(billedUntil.plusDays(1));
    }
  }

  private final Map<String, Run> running = new HashMap<>();
  private final Map<String, Watched.PastRuns> past = new HashMap<>();

  private final Instant billedEnd;

  private PublishedRuns(Instant billedEnd) {
    this.billedEnd = billedEnd;
  }

  /** Returns runs of which nothing is published. */
  static PublishedRuns none() {
    return new PublishedRuns(Instant.EPOCH);
  }

  private static Instant billedEnd(Published lake) {
    return lake
        .rows("select max(usage_date) as last_day from economics.use_costs", "economics.use_costs")
        .stream()
        .map(row -> row.<@Nullable Date>getAs("last_day"))
        .filter(Objects::nonNull)
        .findFirst()
        .map(day -> Window.start(day.toLocalDate().plusDays(1)))
        .orElse(Instant.EPOCH);
  }

  /**
   * Reads the runs of a lake.
   *
   * @param now ids of the runs that run now; all others are past
   */
  static PublishedRuns of(Published lake, Set<String> now) {
    PublishedRuns runs = new PublishedRuns(billedEnd(lake));
    lake.rows(COSTS, "economics.use_costs", "economics.training_runs").stream()
        .map(PublishedRuns::run)
        .forEach(run -> runs.add(run, now));
    return runs;
  }

  private static Run run(Row row) {
    Timestamp started = row.getAs("started_at");
    return new Run(
        row.getAs("run_id"),
        row.getAs("project_id"),
        new Cost(row.getAs("billing_currency"), row.<BigDecimal>getAs("cost")),
        row.<Date>getAs("last_day").toLocalDate(),
        started == null ? null : started.toInstant());
  }

  void add(Run run, Set<String> now) {
    if (now.contains(run.id())) {
      running.put(run.id(), run);
    } else if (run.project() != null) {
      past.merge(run.project(), new Watched.PastRuns(1, run.cost()), Watched.PastRuns::and);
    }
  }

  /** Returns a run that runs now; empty if no bill has charged it. */
  Optional<Run> running(String id) {
    return Optional.ofNullable(running.get(id));
  }

  /** Returns the first moment that no bill charges yet, as far as anything was charged. */
  Instant billedEnd() {
    return billedEnd;
  }

  /** Returns what past runs cost, by project. */
  Map<String, Watched.PastRuns> past() {
    return Map.copyOf(past);
  }
}
