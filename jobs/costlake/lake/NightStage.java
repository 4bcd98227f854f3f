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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Stages the tables of a night, and publishes all of them or none. Several threads can stage
 * tables, each table in one thread. If the stage is closed before it publishes, the last
 * publication stays in force.
 */
public final class NightStage implements AutoCloseable {
  /**
   * @param partitions partitions to replace; empty means all
   */
  private record Staged(TableSpec spec, String target, Optional<Set<LocalDate>> partitions) {}

  private final Lake.Parts lake;
  private final StagedRows staging;
  private final boolean publishes;
  private final WriterLock lock;
  private final String runId;
  private final Optional<Publication> published;
  private final Map<TableName, Staged> staged = new ConcurrentHashMap<>();
  private final HeldTables heldTables;
  private final CachedTables cachedTables = new CachedTables();
  private final Map<TableName, PartitionHashes> hashes = new ConcurrentHashMap<>();
  private final Instant begun = Clock.systemUTC().instant();
  private final Set<TableName> touched = ConcurrentHashMap.newKeySet();
  private Predicate<TableName> leftOut = table -> false;

  /** Creates the stage of a night, which publishes. */
  NightStage(Lake.Parts lake, WriterLock lock, String runId) {
    this(lake, lock, runId, lake.format(), true);
  }

  private NightStage(
      Lake.Parts lake, WriterLock lock, String runId, StagedRows staging, boolean publishes) {
    this.lake = lake;
    this.staging = staging;
    this.publishes = publishes;
    this.lock = lock;
    this.runId = runId;
    this.published = lake.journal().current();
    this.heldTables = new HeldTables(lake.spark());
  }

  /** Creates the stage of a plan, which writes to no table and cannot publish. */
  static NightStage ofPlan(Lake.Parts lake, WriterLock lock, String runId) {
    return new NightStage(lake, lock, runId, new ScratchRows(lake.spark(), lake.root()), false);
  }

  /** Returns every delivery of any publication, including pruned publications. */
  public Set<Delivery.Identity> deliveriesEver() {
    List<Publication> journal = lake.journal().all();
    Set<Delivery.Identity> ever = new HashSet<>();
    journal.forEach(p -> p.deliveries().forEach(delivery -> ever.add(delivery.identity())));
    if (!journal.isEmpty() && journal.get(0).sequence() > 1) {
      ever.addAll(lake.ops().deliveriesEver());
    }
    return ever;
  }

  /** Returns the publication that was in force when this night began. */
  public Optional<Publication> before() {
    return published;
  }

  /** Returns the decisions of people. */
  public DecisionStore decided() {
    return lake.decided();
  }

  /** Returns the tables in which the night records its steps. */
  public RunLog ops() {
    return lake.ops();
  }

  /**
   * Stages rows that replace exactly these partitions of a table. Partitions that are equal to the
   * published partitions are not replaced.
   *
   * @param partitions values of the partition column; ignored for a table that is replaced as a
   *     whole
   * @throws Failure with exit code 4 if a row lies outside of the partitions, or if the disk is
   *     full or read-only; with exit code 3 if a row has no value in the partition column
   */
  public StageResult stage(TableSpec spec, Dataset<Row> rows, Set<LocalDate> partitions) {
    if (spec.partitioning().isWhole()) {
      return stageAll(spec, rows);
    }
    return partitions.isEmpty()
        ? new StageResult(0, Set.of(), Set.of())
        : stage(spec, rows, Optional.of(Set.copyOf(partitions)));
  }

  /** Stages rows that replace all rows of a table. */
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
    return heldTables
        .hold(spec, rows, partitions, expected)
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

  /**
   * Returns the partitions whose hashes differ. If the table has other columns, returns all
   * partitions, because hashes do not contain the names of columns.
   */
  private Set<LocalDate> changed(
      TableSpec spec, Map<LocalDate, String> before, Map<LocalDate, String> after) {
    boolean sameColumns =
        version(spec.name())
            .map(version -> lake.format().at(spec.name(), version))
            .map(rows -> spec.hasColumns(rows.schema()))
            .orElse(false);
    return sameColumns
        ? differing(before, after)
        : Stream.of(before, after)
            .flatMap(hashes -> hashes.keySet().stream())
            .collect(Collectors.toSet());
  }

  private String write(TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    lake.stages().mark(runId, spec.name());
    FailPoint.reached(FailPoints.STAGE_BEFORE_WRITE);
    touched.add(spec.name());
    cachedTables.release(spec.name());
    takeBackIfAhead(spec.name());
    String target = staging.stage(runId, spec, rows, partitions);
    FailPoint.reached(FailPoints.STAGE_AFTER_WRITE);
    return target;
  }

  private StageResult stageWritten(
      TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    String target = write(spec, rows, partitions);
    Map<LocalDate, Long> counts = staging.rows(spec, target);
    partitions.ifPresent(days -> refuseRowsOutside(spec, days, counts.keySet()));
    Set<LocalDate> changed = changed(spec, target, partitions, counts.keySet());
    if (changed.isEmpty() && exists(spec.name())) {
      staging.discard(runId, spec.name());
    } else if (changed.containsAll(counts.keySet())) {
      staged.put(spec.name(), new Staged(spec, target, partitions));
    } else {
      String kept = staging.keep(spec, target, changed);
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
    if (!publishes || !lake.format().isAhead(name, seen)) {
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
      staging.discard(runId, spec.name());
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
    Map<LocalDate, String> after = hashes(spec, staging.staged(spec, partitions, target));
    hashes.put(spec.name(), known.replaced(partitions, after));
    return differing(before, after);
  }

  /**
   * Returns the hashes of the published partitions to replace, without partitions that have no
   * rows.
   */
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

  /** Returns the recorded hashes of the published partitions. */
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

  /**
   * Returns a table as the last night published it. A table that is known to have no rows is not
   * read. A table that is known to have few rows is read only once.
   */
  public Optional<Dataset<Row>> published(TableName name) {
    return version(name).map(version -> published(name, version));
  }

  private Dataset<Row> published(TableName name, String version) {
    Dataset<Row> rows = lake.format().at(name, version);
    PartitionHashes known = known(name);
    return known.isEmpty()
        ? noRows(rows.schema())
        : heldTables
            .published(
                name,
                rows.schema(),
                known.estimatedRows(Optional.empty()),
                () -> lake.format().fewRows(name, version))
            .orElse(rows);
  }

  private Dataset<Row> noRows(StructType columns) {
    return lake.spark().createDataFrame(List.of(), columns);
  }

  private Optional<String> version(TableName name) {
    return published.map(p -> p.versions().get(name.toString()));
  }

  /**
   * Whether the table can be read, because this night staged it or an earlier night published it.
   */
  public boolean exists(TableName name) {
    return staged.containsKey(name) || version(name).isPresent();
  }

  /** Returns a table as it would be if the night were published now. */
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
        cachedTables.rows(
            name, () -> staging.staged(mine.spec(), mine.partitions(), mine.target())));
  }

  /** Returns the rows of this night, and the published rows of the other partitions. */
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
   * Returns partitions of a table as they would be if the night were published now; from memory if
   * all of these partitions are in memory.
   *
   * @param column partition column of the table
   */
  public Dataset<Row> read(TableName name, String column, Set<LocalDate> days) {
    SparkSession.setActiveSession(lake.spark());
    return heldTables
        .of(name)
        .filter(few -> few.covers(days))
        .map(few -> few.rows().rows(days))
        .orElseGet(() -> read(name).filter(SqlFragments.in(column, days)));
  }

  /**
   * Computes the rows of a query and keeps them in memory. Returns empty if there are too many
   * rows, or if the query reads too much.
   */
  public Optional<Dataset<Row>> hold(String what, Dataset<Row> rows) {
    SparkSession.setActiveSession(lake.spark());
    return heldTables.rows(what, rows);
  }

  /** Returns the rows that this night staged for a table, if they are in memory. */
  public Optional<HeldRows> heldRows(TableName name) {
    return heldTables.of(name).map(HeldTables.Held::rows);
  }

  /**
   * Leaves published tables out of the next publication. Nobody reads them any more except closes
   * that pinned them, so their rows stay.
   */
  public void leaveOut(Predicate<TableName> tables) {
    leftOut = tables;
  }

  /** Whether the next publication leaves out a published table. */
  public boolean leavesOut() {
    return published.stream()
        .flatMap(publication -> publication.versions().keySet().stream())
        .anyMatch(name -> leftOut.test(TableName.parse(name)));
  }

  /**
   * Publishes all staged tables together.
   *
   * @param deliveries deliveries in force after the publication
   * @param facts digests that the next night compares
   * @return the publication; empty if no table was staged, and the deliveries and facts are
   *     unchanged or there are no deliveries
   */
  public Optional<Publication> publish(List<Delivery> deliveries, Map<String, String> facts) {
    if (!publishes) {
      throw new IllegalStateException("A plan publishes nothing");
    }
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
            kept(),
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

  /** Returns the versions of the published tables that the next publication keeps. */
  private Map<String, String> kept() {
    Map<String, String> versions =
        new TreeMap<>(published.map(Publication::versions).orElse(Map.of()));
    versions.keySet().removeIf(name -> leftOut.test(TableName.parse(name)));
    return versions;
  }

  /** Writes the hashes of the tables of this night. Returns the name of the file for each table. */
  private Map<String, String> remembered() {
    Map<TableName, PartitionHashes> known = new TreeMap<>(hashes);
    known.values().removeIf(PartitionHashes.NONE::equals);
    if (known.isEmpty()) {
      return Map.of();
    }
    String file = lake.journal().hashes().keep(known);
    return known.keySet().stream().collect(Collectors.toMap(TableName::toString, name -> file));
  }

  /** Returns the maintenance of every table. */
  public Maintenance maintenance() {
    return new Maintenance(lake.format(), lake.journal(), lake.ops().all());
  }

  /** Removes staged tables that were not published, and releases the writer's lock. */
  @Override
  public void close() {
    SparkSession.setActiveSession(lake.spark());
    try {
      if (!lake.journal().pending().isPresent()) {
        touched.forEach(name -> staging.discard(runId, name));
        lake.stages().clear();
      }
    } finally {
      heldTables.clear();
      cachedTables.clear();
      lock.close();
    }
  }
}
