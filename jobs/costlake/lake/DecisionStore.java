package costlake.lake;

import costlake.decide.DecisionInput;
import costlake.decide.DecisionKind;
import costlake.decide.LakeLock;
import costlake.decide.Pins;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The decisions of people in a lake, by kind. */
public final class DecisionStore {
  private final String root;
  private final TableFormat format;
  private final RunLog ops;
  private final Configuration hadoop;
  private final List<DecisionKind<?>> kinds;

  DecisionStore(
      String root,
      TableFormat format,
      RunLog ops,
      Configuration hadoop,
      List<DecisionKind<?>> kinds) {
    this.root = root;
    this.format = format;
    this.ops = ops;
    this.hadoop = hadoop;
    this.kinds = List.copyOf(kinds);
  }

  /** Returns the decisions of a kind. */
  public <T> Decisions<T> of(DecisionKind<T> kind) {
    return new Decisions<>(root, kind, ops, hadoop, this::pins);
  }

  /** Returns the rows that decisions keep. */
  public Pins pins() {
    return pins(Clock.systemUTC().instant());
  }

  private Pins pins(Instant since) {
    return new LakePins(format, DiskSync.since(root, format, since));
  }

  /** Returns a digest of each relation that follows from decisions, by its name. */
  public Map<String, String> digests() {
    Map<String, String> digests = new TreeMap<>();
    kinds.forEach(kind -> addDigests(kind, digests));
    return digests;
  }

  private <T> void addDigests(DecisionKind<T> kind, Map<String, String> digests) {
    List<DecisionInput<T>> inputs = kind.inputs();
    if (!inputs.isEmpty()) {
      String digest = of(kind).digest();
      inputs.forEach(input -> digests.put(input.relation(), digest));
    }
  }

  /**
   * Returns the rows of each relation that follows from decisions, by its name.
   *
   * @param columns columns of a relation by its name
   */
  public Map<String, Dataset<Row>> inputs(
      SparkSession spark, Function<String, StructType> columns) {
    Map<String, Dataset<Row>> inputs = new TreeMap<>();
    kinds.forEach(kind -> addInputs(kind, spark, columns, inputs));
    return inputs;
  }

  private <T> void addInputs(
      DecisionKind<T> kind,
      SparkSession spark,
      Function<String, StructType> columns,
      Map<String, Dataset<Row>> inputs) {
    for (DecisionInput<T> input : kind.inputs()) {
      inputs.put(
          input.relation(),
          input
              .rows()
              .of(spark, of(kind).inForce().values(), pins(), columns.apply(input.relation())));
    }
  }

  /**
   * Carries out interrupted decisions on behalf of a process that has the lock of the writer: those
   * of its lock, and those that models read. If another process decides about the latter, it
   * carries them out.
   */
  void resume(String runId) {
    for (DecisionKind<?> kind : kinds) {
      if (kind.lock().equals(LakeLock.WRITER)) {
        of(kind).resume();
      } else if (!kind.inputs().isEmpty() && of(kind).interrupted().isPresent()) {
        resumeIfIdle(kind, runId);
      }
    }
  }

  private void resumeIfIdle(DecisionKind<?> kind, String runId) {
    WriterLock.takeIfFree(root, runId, kind.lock()).ifPresent(lock -> resume(kind, lock));
  }

  private void resume(DecisionKind<?> kind, WriterLock lock) {
    try {
      of(kind).resume();
    } finally {
      lock.close();
    }
  }

  /** Says what a run decided, if it decided anything. */
  Optional<String> resultOf(String runId) {
    return kinds.stream().flatMap(kind -> resultOf(kind, runId).stream()).findFirst();
  }

  private <T> Optional<String> resultOf(DecisionKind<T> kind, String runId) {
    return of(kind).all().stream()
        .filter(decision -> decision.runId().equals(runId))
        .map(decision -> kind.result(decision.content()))
        .findFirst();
  }

  /** Does work while no other process decides. The process must have the lock of the writer. */
  <R> R whileNobodyDecides(String runId, Supplier<R> work) {
    Deque<WriterLock> held = new ArrayDeque<>();
    try {
      kinds.stream()
          .map(DecisionKind::lock)
          .filter(lock -> !lock.equals(LakeLock.WRITER))
          .distinct()
          .forEach(lock -> held.push(WriterLock.take(root, runId, lock)));
      return work.get();
    } finally {
      held.forEach(WriterLock::close);
    }
  }

  /** Returns the folders of decisions, as names below the root of the lake. */
  Set<String> folders() {
    return kinds.stream()
        .map(kind -> Path.of(kind.folder()).getName(0).toString())
        .collect(Collectors.toSet());
  }
}
