package costlake.lake;

import costlake.core.Delivery;
import costlake.core.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A night in the making: tables are staged aside and published together or not at all. Tables may
 * be staged from several threads. Closing it without publishing leaves yesterday's night as it was.
 */
public final class NightStage implements AutoCloseable {
  private record Staged(TableSpec spec, String target, Set<LocalDate> partitions) {}

  private final TableFormat format;
  private final Journal journal;
  private final Ops ops;
  private final WriterLock lock;
  private final String runId;
  private final Optional<Publication> published;
  private final Map<TableName, Staged> staged = new ConcurrentHashMap<>();

  NightStage(TableFormat format, Journal journal, Ops ops, WriterLock lock, String runId) {
    this.format = format;
    this.journal = journal;
    this.ops = ops;
    this.lock = lock;
    this.runId = runId;
    this.published = journal.current();
  }

  /** The publication this night starts from. */
  public Optional<Publication> before() {
    return published;
  }

  /** Where the night writes down what happens. */
  public Ops ops() {
    return ops;
  }

  /**
   * Stages the rows of a table: they replace exactly these partitions. A table in which nothing
   * differs from the published night is left alone.
   *
   * @param partitions values of the partition column; ignored for a table replaced as a whole
   */
  public StageResult stage(TableSpec spec, Dataset<Row> rows, Set<LocalDate> partitions) {
    boolean whole = spec.partitioning().by() == Partitioning.By.WHOLE;
    if (!whole && partitions.isEmpty()) {
      return new StageResult(0, Set.of(), Set.of());
    }
    String target = format.stage(runId, spec, rows, partitions);
    Dataset<Row> written = format.staged(runId, spec, partitions, target);
    StageResult result =
        whole ? compareWhole(spec, written) : compareDays(spec, written, partitions);
    refuseRowsOutside(spec, partitions, target, result);
    if (result.changed().isEmpty()) {
      format.discard(runId, spec.name());
    } else {
      staged.put(spec.name(), new Staged(spec, target, partitions));
    }
    return result;
  }

  private void refuseRowsOutside(
      TableSpec spec, Set<LocalDate> partitions, String target, StageResult result) {
    long outside = format.rowsWritten(spec.name(), target) - result.rows();
    Set<LocalDate> days = new HashSet<>(result.changed());
    days.removeAll(partitions);
    if (spec.partitioning().by() != Partitioning.By.WHOLE && (outside != 0 || !days.isEmpty())) {
      format.discard(runId, spec.name());
      throw Failure.internal(
          "Cannot stage %s: it holds rows outside of the partitions it was to replace %s"
              .formatted(spec.name(), new java.util.TreeSet<>(partitions)),
          null);
    }
  }

  private StageResult compareWhole(TableSpec spec, Dataset<Row> written) {
    String after = ContentHash.of(written);
    boolean same =
        publishedRows(spec.name())
            .map(before -> ContentHash.of(before).equals(after))
            .orElse(false);
    long rows = Long.parseLong(after.substring(0, after.indexOf(':')));
    Set<LocalDate> one = Set.of(StageResult.WHOLE);
    return same ? new StageResult(rows, Set.of(), one) : new StageResult(rows, one, Set.of());
  }

  private StageResult compareDays(TableSpec spec, Dataset<Row> written, Set<LocalDate> partitions) {
    String column = spec.partitioning().column();
    Map<LocalDate, String> before =
        publishedRows(spec.name())
            .map(rows -> ContentHash.byDay(rows.filter(Columns.in(column, partitions)), column))
            .orElse(Map.of());
    Map<LocalDate, String> after =
        before.isEmpty() ? Counts.byDay(written, column) : ContentHash.byDay(written, column);
    Set<LocalDate> changed = new HashSet<>(before.keySet());
    changed.addAll(after.keySet());
    changed.removeIf(day -> java.util.Objects.equals(before.get(day), after.get(day)));
    Set<LocalDate> unchanged = new HashSet<>(after.keySet());
    unchanged.removeAll(changed);
    return new StageResult(Counts.total(after), changed, unchanged);
  }

  private Optional<Dataset<Row>> publishedRows(TableName name) {
    return published
        .map(p -> p.versions().get(name.toString()))
        .map(version -> format.at(name, version));
  }

  /** Whether the table is there to be read: staged tonight or published before. */
  public boolean exists(TableName name) {
    return staged.containsKey(name) || publishedRows(name).isPresent();
  }

  /** A table as it would be if the night were published now. */
  public Dataset<Row> read(TableName name) {
    Staged mine = staged.get(name);
    if (mine == null) {
      return publishedRows(name)
          .orElseThrow(() -> new IllegalStateException("Neither staged nor published: " + name));
    }
    Dataset<Row> rows = format.staged(runId, mine.spec(), mine.partitions(), mine.target());
    Partitioning partitioning = mine.spec().partitioning();
    return partitioning.by() == Partitioning.By.WHOLE
        ? rows
        : publishedRows(name)
            .map(
                before ->
                    before
                        .filter(
                            org.apache.spark.sql.functions.not(
                                Columns.in(partitioning.column(), mine.partitions())))
                        .unionByName(rows, true))
            .orElse(rows);
  }

  /**
   * Publishes everything staged, together.
   *
   * @param deliveries what the lake is made of from now on
   * @param facts what the next night wants to know about this one
   * @return the publication, or empty when nothing was staged and the deliveries are the same
   */
  public Optional<Publication> publish(List<Delivery> deliveries, Map<String, String> facts) {
    boolean sameInputs =
        published
            .map(p -> p.deliveries().equals(deliveries) && p.facts().equals(facts))
            .orElse(false);
    if (staged.isEmpty() && (sameInputs || deliveries.isEmpty())) {
      return Optional.empty();
    }
    Map<String, String> targets = new TreeMap<>();
    staged.forEach((name, s) -> targets.put(name.toString(), s.target()));
    long sequence = journal.all().stream().mapToLong(Publication::sequence).max().orElse(0) + 1;
    Publication publication =
        new Publication(
            sequence,
            runId,
            Publication.State.PUBLISHING,
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            targets,
            Map.of(),
            deliveries,
            facts);
    Publication done = new Publisher(format, journal).publish(publication);
    staged.clear();
    return Optional.of(done);
  }

  @Override
  public void close() {
    try {
      staged.keySet().forEach(name -> format.discard(runId, name));
    } finally {
      lock.close();
    }
  }
}
