package costlake.lake;

import costlake.core.Delivery;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A night in the making: tables are staged aside and published together or not at all. Tables may
 * be staged from several threads, one thread a table. Closing it without publishing leaves
 * yesterday's night as it was.
 */
public final class NightStage implements AutoCloseable {
  /**
   * @param partitions what is replaced; empty means all
   */
  private record Staged(TableSpec spec, String target, Optional<Set<LocalDate>> partitions) {}

  private final Lake.Parts lake;
  private final WriterLock lock;
  private final String runId;
  private final Optional<Publication> published;
  private final Map<TableName, Staged> staged = new ConcurrentHashMap<>();
  private final HeldTables heldTables;
  private final Map<TableName, PartitionHashes> hashes = new ConcurrentHashMap<>();
  private final Instant begun = Clock.systemUTC().instant();
  private final Set<TableName> touched = ConcurrentHashMap.newKeySet();

  NightStage(Lake.Parts lake, WriterLock lock, String runId) {
    this.lake = lake;
    this.lock = lock;
    this.runId = runId;
    this.published = lake.journal().current();
    this.heldTables = new HeldTables(lake.spark());
  }

  /** Every delivery of any publication, including pruned ones. */
  public Set<Delivery.Identity> deliveriesEver() {
    List<Publication> journal = lake.journal().all();
    Set<Delivery.Identity> ever = new HashSet<>();
    journal.forEach(p -> p.deliveries().forEach(delivery -> ever.add(delivery.identity())));
    if (!journal.isEmpty() && journal.get(0).sequence() > 1) {
      ever.addAll(lake.ops().deliveriesEver());
    }
    return ever;
  }

  /** The publication this night starts from. */
  public Optional<Publication> before() {
    return published;
  }

  /** The months that were closed. */
  public CloseJournal closes() {
    return lake.closes();
  }

  /** The tables in which the night records its steps. */
  public RunLog ops() {
    return lake.ops();
  }

  /**
   * Stages the rows of a table: they replace exactly these partitions. Partitions that equal the
   * published ones are left alone, and so is a table without changed partitions.
   *
   * @param partitions values of the partition column, none means that nothing is to be done;
   *     ignored for a table replaced as a whole
   * @throws Failure with exit code 4 if a row lies outside of the partitions, or if the disk is
   *     full or read-only; with exit code 3 if a row lies in no partition
   */
  public StageResult stage(TableSpec spec, Dataset<Row> rows, Set<LocalDate> partitions) {
    if (spec.partitioning().isWhole()) {
      return stageAll(spec, rows);
    }
    return partitions.isEmpty()
        ? new StageResult(0, Set.of(), Set.of())
        : stage(spec, rows, Optional.of(Set.copyOf(partitions)));
  }

  /** Stages the rows of a table; they replace all of its rows. */
  public StageResult stageAll(TableSpec spec, Dataset<Row> rows) {
    return stage(spec, rows, Optional.empty());
  }

  private StageResult stage(
      TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    SparkSession.setActiveSession(lake.spark());
    return WriteErrors.guarded(
        "stage " + spec.name(), lake.root(), () -> stageGuarded(spec, rows, partitions));
  }

  private StageResult stageGuarded(
      TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    OptionalLong expected = known(spec.name()).estimatedRows(partitions);
    return heldTables.hold(spec, rows, partitions, expected)
        .map(few -> stageHeld(spec, few, partitions))
        .orElseGet(() -> stageWritten(spec, rows, partitions));
  }

  /** Compares rows in memory, and writes the partitions that differ. */
  private StageResult stageHeld(
      TableSpec spec, HeldRows rows, Optional<Set<LocalDate>> partitions) {
    Map<LocalDate, Long> counts = rows.counts();
    partitions.ifPresent(days -> refuseRowsOutside(spec, days, counts.keySet()));
    Map<LocalDate, String> after = rows.hashes();
    Set<LocalDate> changed = changed(spec, before(spec, partitions), after);
    if (changed.isEmpty() && exists(spec.name())) {
      touched.add(spec.name());
      takeBackIfAhead(spec.name());
    } else {
      boolean partly = version(spec.name()).isPresent() && !spec.partitioning().isWhole();
      Optional<Set<LocalDate>> replaced = partly ? Optional.of(changed) : partitions;
      String target = write(spec, rows.rows(changed), replaced);
      staged.put(spec.name(), new Staged(spec, target, replaced));
    }
    FailPoint.reached(FailPoints.STAGE_AFTER_COMPARE);
    hashes.put(spec.name(), known(spec.name()).replaced(partitions, after));
    return result(counts, changed);
  }

  /** Hashes do not contain the names of columns: new columns change all partitions. */
  private Set<LocalDate> changed(
      TableSpec spec, Map<LocalDate, String> before, Map<LocalDate, String> after) {
    boolean hasColumns =
        published(spec.name()).map(rows -> spec.isContainedIn(rows.schema())).orElse(false);
    return hasColumns
        ? differing(before, after)
        : Stream.of(before, after).flatMap(hashes -> hashes.keySet().stream()).collect(Collectors.toSet());
  }

  private String write(TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    lake.stages().mark(runId, spec.name());
    FailPoint.reached(FailPoints.STAGE_BEFORE_WRITE);
    touched.add(spec.name());
    takeBackIfAhead(spec.name());
    String target = lake.format().stage(runId, spec, rows, partitions);
    FailPoint.reached(FailPoints.STAGE_AFTER_WRITE);
    return target;
  }

  private StageResult stageWritten(
      TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    String target = write(spec, rows, partitions);
    Map<LocalDate, Long> counts = lake.format().rows(spec, target);
    partitions.ifPresent(days -> refuseRowsOutside(spec, days, counts.keySet()));
    Set<LocalDate> changed = changed(spec, target, partitions, counts.keySet());
    if (changed.isEmpty() && exists(spec.name())) {
      lake.format().discard(runId, spec.name());
    } else if (changed.containsAll(counts.keySet())) {
      staged.put(spec.name(), new Staged(spec, target, partitions));
    } else {
      String kept = lake.format().keep(spec, target, changed);
      staged.put(spec.name(), new Staged(spec, kept, Optional.of(changed)));
    }
    FailPoint.reached(FailPoints.STAGE_AFTER_COMPARE);
    return result(counts, changed);
  }

  private static StageResult result(Map<LocalDate, Long> counts, Set<LocalDate> changed) {
    Set<LocalDate> unchanged = new HashSet<>(counts.keySet());
    unchanged.removeAll(changed);
    return new StageResult(
        counts.values().stream().mapToLong(Long::longValue).sum(), changed, unchanged);
  }

  private void takeBackIfAhead(TableName name) {
    Optional<String> seen = version(name);
    if (!lake.format().isAhead(name, seen)) {
      return;
    }
    if (published.isEmpty()) {
      throw Failure.operator(
          """
          Cannot stage %s: it was published before, but %s/journal is empty. Restore the journal
          that belongs to the tables, or build a new lake in an empty folder
          """,
          name, lake.root());
    }
    lake.format().takeBack(name, seen);
  }

  private void refuseRowsOutside(TableSpec spec, Set<LocalDate> partitions, Set<LocalDate> filled) {
    Set<LocalDate> outside = new TreeSet<>(filled);
    outside.removeAll(partitions);
    if (!outside.isEmpty()) {
      lake.format().discard(runId, spec.name());
      throw Failure.internal(
          """
          Cannot stage %s: it holds rows of %s, which are outside the partitions to replace, %s. The
          model must filter by its partition column
          """,
          spec.name(), outside, new TreeSet<>(partitions));
    }
  }

  private Set<LocalDate> changed(
      TableSpec spec, String target, Optional<Set<LocalDate>> partitions, Set<LocalDate> filled) {
    PartitionHashes known = known(spec.name());
    Map<LocalDate, String> before = before(spec, partitions);
    if (before.isEmpty()) {
      hashes.put(spec.name(), known.replacedUnknown(partitions));
      return filled;
    }
    Map<LocalDate, String> after = hashes(spec, lake.format().staged(spec, partitions, target));
    hashes.put(spec.name(), known.replaced(partitions, after));
    return differing(before, after);
  }

  /** The hashes of the published partitions to be replaced, as far as they have rows. */
  private Map<LocalDate, String> before(TableSpec spec, Optional<Set<LocalDate>> partitions) {
    return known(spec.name())
        .ofPartitions(partitions)
        .orElseGet(
            () ->
                published(spec.name())
                    .map(rows -> within(spec, rows, partitions))
                    .map(rows -> hashes(spec, rows))
                    .orElse(Map.of()));
  }

  /** What is remembered of the published partitions. */
  private PartitionHashes known(TableName name) {
    return published
        .map(p -> p.hashes().get(name.toString()))
        .map(file -> lake.journal().hashes().read(file, name))
        .orElse(PartitionHashes.NONE);
  }

  private static Set<LocalDate> differing(
      Map<LocalDate, String> before, Map<LocalDate, String> after) {
    Set<LocalDate> changed = new HashSet<>(before.keySet());
    changed.addAll(after.keySet());
    changed.removeIf(day -> Objects.equals(before.get(day), after.get(day)));
    return changed;
  }

  private static Dataset<Row> within(
      TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    return partitions
        .map(days -> rows.filter(SqlFragments.in(spec.partitioning().dateColumn(), days)))
        .orElse(rows);
  }

  private static Map<LocalDate, String> hashes(TableSpec spec, Dataset<Row> rows) {
    return spec.partitioning().isWhole()
        ? Map.of(StageResult.WHOLE, ContentHash.of(rows))
        : ContentHash.byDay(rows, spec.partitioning().dateColumn());
  }

  /** A table as the night before published it. */
  public Optional<Dataset<Row>> published(TableName name) {
    return version(name).map(version -> lake.format().at(name, version));
  }

  private Optional<String> version(TableName name) {
    return published.map(p -> p.versions().get(name.toString()));
  }

  /** Whether the table is there to be read: staged tonight or published before. */
  public boolean exists(TableName name) {
    return staged.containsKey(name) || version(name).isPresent();
  }

  /** A table as it would be if the night were published now. */
  public Dataset<Row> read(TableName name) {
    SparkSession.setActiveSession(lake.spark());
    Optional<HeldTables.Held> few = heldTables.of(name);
    if (few.isPresent()) {
      return over(few.get().spec(), few.get().partitions(), few.get().rows().rows());
    }
    Staged mine = staged.get(name);
    if (mine == null) {
      return published(name)
          .orElseThrow(() -> new IllegalStateException("Neither staged nor published: " + name));
    }
    return over(
        mine.spec(),
        mine.partitions(),
        lake.format().staged(mine.spec(), mine.partitions(), mine.target()));
  }

  /** Rows of tonight, and the published ones of the other partitions. */
  private Dataset<Row> over(
      TableSpec spec, Optional<Set<LocalDate>> partitions, Dataset<Row> rows) {
    return partitions
        .flatMap(
            days ->
                published(spec.name())
                    .map(
                        before ->
                            before
                                .filter(
                                    functions.not(
                                        SqlFragments.in(spec.partitioning().dateColumn(), days)))
                                .unionByName(rows, true)))
        .orElse(rows);
  }

  /**
   * Some partitions of a table as they would be if the night were published now; from memory if all
   * of them are there.
   *
   * @param column its partition column
   */
  public Dataset<Row> read(TableName name, String column, Set<LocalDate> days) {
    SparkSession.setActiveSession(lake.spark());
    return heldTables.of(name)
        .filter(few -> few.covers(days))
        .map(few -> few.rows().rows(days))
        .orElseGet(() -> read(name).filter(SqlFragments.in(column, days)));
  }

  /** The rows of a query, from memory; empty if they are not few or come from many. */
  public Optional<Dataset<Row>> hold(String what, Dataset<Row> rows) {
    SparkSession.setActiveSession(lake.spark());
    return heldTables.rows(what, rows);
  }

  /** The rows of tonight that are in memory, of a table that is small. */
  public Optional<HeldRows> heldRows(TableName name) {
    return heldTables.of(name).map(HeldTables.Held::rows);
  }

  /**
   * Publishes everything staged, together.
   *
   * @param deliveries the deliveries that count from now on
   * @param facts facts about this night for the next one
   * @return the publication, or empty when nothing was staged and deliveries and facts are the same
   */
  public Optional<Publication> publish(List<Delivery> deliveries, Map<String, String> facts) {
    boolean sameInputs =
        published
            .map(p -> p.deliveries().equals(deliveries) && p.facts().equals(facts))
            .orElse(false);
    if (staged.isEmpty() && (sameInputs || deliveries.isEmpty())) {
      return Optional.empty();
    }
    SparkSession.setActiveSession(lake.spark());
    Map<String, String> targets = new TreeMap<>();
    staged.forEach((name, s) -> targets.put(name.toString(), s.target()));
    Map<String, String> remembered = remembered();
    Publication publication =
        new Publication(
            lake.journal().nextSequence(),
            runId,
            Publication.State.PUBLISHING,
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
            targets,
            Map.of(),
            deliveries,
            facts,
            remembered);
    Publication done =
        WriteErrors.guarded(
            "publish", lake.root(), () -> lake.publisher().publish(publication, begun));
    staged.clear();
    touched.clear();
    return Optional.of(done);
  }

  /** The file that has what is known of the tables of tonight, for each of them. */
  private Map<String, String> remembered() {
    Map<TableName, PartitionHashes> known = new TreeMap<>(hashes);
    known.values().removeIf(PartitionHashes.NONE::equals);
    if (known.isEmpty()) {
      return Map.of();
    }
    String file = lake.journal().hashes().keep(known);
    return known.keySet().stream().collect(Collectors.toMap(TableName::toString, name -> file));
  }

  /** Expires versions, merges small files and removes unknown files of every table. */
  public Maintenance maintenance() {
    return new Maintenance(lake.format(), lake.journal());
  }

  /** Drops what was staged and not published, and lets the next night begin. */
  @Override
  public void close() {
    SparkSession.setActiveSession(lake.spark());
    try {
      if (!lake.journal().pending().isPresent()) {
        touched.forEach(name -> lake.format().discard(runId, name));
        lake.stages().clear();
      }
    } finally {
      heldTables.clear();
      lock.close();
    }
  }
}
