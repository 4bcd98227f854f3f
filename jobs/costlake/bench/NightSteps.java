package costlake.bench;

import costlake.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models and other steps of a night, with their times. */
final class NightSteps {
  static final String TO_FOCUS = "delivery to published FOCUS";
  static final String ALLOCATED = "build allocation.allocated_charges";

  /**
   * Selects the seconds and the begin of each step, and the seconds until FOCUS was published.
   * These are the sum of three times: from the start of the run to the end of the build of FOCUS,
   * the time in which at least one audit of FOCUS ran, and the publication.
   */
  static final String QUERY =
      """
      with steps as (
          select step, subject, duration_ms, unix_millis(started_at) as begun, unix_millis(started_at) + duration_ms as ended
          from ops.outcomes
          where step <> 'land'
      ),
      of_focus as (
          select
              ended - greatest(begun, coalesce(max(ended) over earlier, begun)) as longer_ms
          from steps
          where step = 'audit' and (subject like 'focus%%' or subject in ('bronze_complete', 'bills_conserved'))
          window earlier as (order by begun, ended rows between unbounded preceding and 1 preceding)
      )
      select concat(step, ' ', subject), duration_ms / 1000, begun from steps
      union all
      select '%s', (
          max(if(subject = 'focus.cost_and_usage', ended, null)) filter (where step = 'build')
          - (select min(unix_millis(started_at)) from ops.runs)
          + sum(duration_ms) filter (where step = 'publish')
          + (select sum(greatest(longer_ms, 0)) from of_focus)) / 1000, null
      from steps"""
          .formatted(TO_FOCUS);

  private record Step(String name, double seconds, String begun) {
    Instant begin() {
      return Instant.ofEpochMilli(Long.parseLong(begun));
    }

    Instant end() {
      return begin().plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    boolean isAt(Instant time) {
      return !begun.isEmpty() && !time.isBefore(begin()) && !time.isAfter(end());
    }
  }

  private final List<Step> steps;

  private NightSteps(List<Step> steps) {
    this.steps = steps;
  }

  /** Reads the answer to {@link #QUERY} as CSV. */
  static NightSteps of(String csv) {
    return new NightSteps(
        csv.lines()
            .skip(1)
            .map(line -> line.split(",", -1))
            .filter(cells -> cells.length == 3)
            .map(cells -> new Step(cells[0], Double.parseDouble(cells[1]), cells[2]))
            .toList());
  }

  /** Returns the seconds of each step. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    steps.forEach(step -> seconds.merge(step.name(), step.seconds(), Double::sum));
    return seconds;
  }

  /** Returns the seconds of a step. */
  double seconds(String name) {
    return step(name).seconds();
  }

  /** Returns when a step ended. */
  Instant end(String name) {
    return step(name).end();
  }

  private Step step(String name) {
    return steps.stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Failure.internal("The night did not record '%s'", name));
  }

  /** Returns the steps that ran at a time. */
  List<String> at(Instant time) {
    return steps.stream().filter(step -> step.isAt(time)).map(Step::name).toList();
  }
}
