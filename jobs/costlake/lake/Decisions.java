package costlake.lake;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Sha256;
import costlake.decide.Decision;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.Pins;
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
public final class Decisions<T> {
  private final DecisionKind<T> kind;
  private final JournalFiles<Decision<T>> files;
  private final RunLog ops;
  private final Function<Instant, Pins> pins;

  /**
   * Opens the decisions of a kind.
   *
   * @param pins pins of tables by the moment of a decision
   */
  Decisions(
      String root,
      DecisionKind<T> kind,
      RunLog ops,
      Configuration hadoop,
      Function<Instant, Pins> pins) {
    this.kind = kind;
    this.files =
        new JournalFiles<>(
            root, kind.folder(), json -> kind.parse(json, JournalFiles.JSON), hadoop);
    this.ops = ops;
    this.pins = pins;
  }

  /** Returns every decision that is carried out, oldest first. */
  public List<Decision<T>> all() {
    return files.newestFirst().stream()
        .map(files::read)
        .filter(decision -> decision.state() == Decision.State.CARRIED_OUT)
        .sorted(Comparator.comparingLong(Decision::number))
        .toList();
  }

  /** Returns the decision in force about each subject, in the order of subjects. */
  public SortedMap<String, Decision<T>> inForce() {
    SortedMap<String, Decision<T>> last = new TreeMap<>();
    all().forEach(decision -> last.put(kind.subject(decision.content()), decision));
    last.values().removeIf(decision -> !kind.isInForce(decision.content()));
    return last;
  }

  /**
   * Returns a digest of the decisions in force. A night compares the digest with the digest of the
   * last night, to find out whether decisions changed.
   */
  public String digest() {
    return Sha256.hex(
        inForce().entrySet().stream()
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
    interrupted().ifPresent(this::finish);
  }

  /** Returns the newest decision if it is not carried out. */
  Optional<Decision<T>> interrupted() {
    return newest().filter(decision -> decision.state() == Decision.State.DECIDED);
  }

  private Decision<T> finish(Decision<T> decision) {
    Decision<T> done = decision.carriedOut(kind.carryOut(decision, pins.apply(decision.at())));
    for (DecisionTable<T> table : kind.tables()) {
      ops.appendOnce(RunLog.spec(table.table()), table.key(), table.rows().apply(done));
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
