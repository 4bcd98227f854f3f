package costlake.lake;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Sha256;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one kind. Decisions are added and never removed. A process that adds a decision
 * must hold the lock of this kind, so that no other process uses the same number.
 */
final class Decisions<T> {
  /** Folder of decisions below the root of the lake, with a folder for each kind. */
  static final String FOLDER = "decisions";

  private final DecisionKind<T> kind;
  private final JournalFiles<Decision<T>> files;
  private final RunLog ops;

  Decisions(String root, DecisionKind<T> kind, RunLog ops, Configuration hadoop) {
    this.kind = kind;
    this.files = new JournalFiles<>(root, kind.folder(), kind::parse, hadoop);
    this.ops = ops;
  }

  /** Returns every decision that is carried out, oldest first. */
  List<Decision<T>> all() {
    return files.newestFirst().stream()
        .map(files::read)
        .filter(decision -> decision.state() == Decision.State.CARRIED_OUT)
        .sorted(Comparator.comparingLong(Decision::number))
        .toList();
  }

  /** Returns the last decision about each subject, e.g. about each month, sorted by subject. */
  <S extends Comparable<S>> SortedMap<S, Decision<T>> last(Function<T, S> subject) {
    SortedMap<S, Decision<T>> last = new TreeMap<>();
    all().forEach(decision -> last.put(subject.apply(decision.content()), decision));
    return last;
  }

  /**
   * Returns a digest of the decisions in force. A night compares the digest with the digest of the
   * last night, to find out whether decisions changed.
   */
  static <S, T> String digest(SortedMap<S, Decision<T>> inForce) {
    return Sha256.hex(
        inForce.entrySet().stream()
            .map(decision -> decision.getKey() + "/" + decision.getValue().number())
            .collect(Collectors.joining(" ")));
  }

  /**
   * Finishes the previous decision if it was interrupted, then records this decision and carries it
   * out.
   */
  Decision<T> decide(String runId, Instant at, String actor, @Nullable String reason, T content) {
    resume();
    FailPoint.reached(FailPoints.DECISION_BEFORE_JOURNAL);
    long number = newest().map(Decision::number).orElse(0L) + 1;
    Decision<T> decision =
        new Decision<>(number, Decision.State.DECIDED, runId, at, actor, reason, content);
    files.write(number, decision);
    FailPoint.reached(FailPoints.DECISION_AFTER_JOURNAL);
    return finish(decision);
  }

  /** Carries out the newest decision if it was interrupted. */
  void resume() {
    newest().filter(decision -> decision.state() == Decision.State.DECIDED).ifPresent(this::finish);
  }

  private Decision<T> finish(Decision<T> decision) {
    Decision<T> done = decision.carriedOut(kind.carryOut(decision));
    for (DecisionKind.Projection<T> projection : kind.projections()) {
      ops.appendOnce(projection.table(), projection.key(), projection.rows().apply(done));
      FailPoint.reached(FailPoints.DECISION_AFTER_FIRST_TABLE);
    }
    FailPoint.reached(FailPoints.DECISION_BEFORE_RECORDED);
    files.write(done.number(), done);
    FailPoint.reached(FailPoints.DECISION_AFTER_RECORDED);
    return done;
  }

  private Optional<Decision<T>> newest() {
    return files.newestFirst().stream().findFirst().map(files::read);
  }
}
