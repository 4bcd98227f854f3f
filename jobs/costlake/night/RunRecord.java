package costlake.night;

import costlake.core.BillingPeriod;
import costlake.core.Reject;
import costlake.lake.Lake;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.lake.RunLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the steps of a run, and writes them to {@code ops} at its end. */
final class RunRecord {
  private final String runId;
  private final String verb;
  private final String period;
  private final Instant startedAt = Instant.now();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();

  private RunRecord(String runId, String verb, String period) {
    this.runId = runId;
    this.verb = verb;
    this.period = period;
  }

  /**
   * Begins a run.
   *
   * @param name first part of the id of the run
   * @param periods billing months; empty means all
   */
  static RunRecord of(Lake lake, String verb, String name, Set<BillingPeriod> periods) {
    long next = lake.publication().map(Publication::sequence).orElse(0L) + 1;
    String period =
        periods.isEmpty()
            ? "all"
            : periods.stream().map(BillingPeriod::toString).collect(Collectors.joining("+"));
    String runId = lake.unusedRunId("%s-%s-%d".formatted(name, period, next));
    return new RunRecord(runId, verb, period);
  }

  String runId() {
    return runId;
  }

  Instant startedAt() {
    return startedAt;
  }

  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  void add(Outcome outcome) {
    outcomes.add(outcome);
  }

  void add(List<Outcome> more) {
    outcomes.addAll(more);
  }

  void reject(List<Reject> more) {
    rejects.addAll(more);
  }

  void write(RunLog ops, Outcome.Status status, @Nullable String message) {
    ops.rejects(runId, rejects);
    ops.record(RunLog.Run.endingNow(runId, verb, period, startedAt), status, message, outcomes);
  }
}
