package costlake.lake;

import costlake.config.LakeConfig;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.LakeLock;
import costlake.decide.OpsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of the last publication. All changes of tables go through this class. */
public final class Lake {
  /** Components of an open lake. */
  record Parts(
      SparkSession spark,
      String root,
      TableFormat format,
      Journal journal,
      StageFolders stages,
      Publisher publisher,
      RunLog ops,
      DecisionStore decided) {}

  /**
   * Result of a backup.
   *
   * @param publication number of the publication that readers of the backup see
   * @param files number of files in the backup
   * @param copied number of files that were copied because they were new or had changed
   * @param bytes size of the copied files
   * @param removed number of files that were removed because the lake no longer has them
   */
  public record Copy(long publication, long files, long copied, long bytes, long removed) {}

  private final Parts parts;

  private Lake(Parts parts) {
    this.parts = parts;
  }

  /**
   * Opens a lake. The first night creates it.
   *
   * @throws Failure with exit code 4 if the embedded catalog of the lake is lost or damaged
   */
  public static Lake open(LakeConfig config, SparkSession spark) {
    return open(config, spark, DecisionKind.registered());
  }

  /** Opens a lake that has decisions of these kinds. */
  public static Lake open(LakeConfig config, SparkSession spark, List<DecisionKind<?>> kinds) {
    LakeLocation.check(Path.of(config.root()), config.format());
    Journal journal = new Journal(config.root(), spark.sessionState().newHadoopConf());
    TableFormat format =
        switch (config.format()) {
          case ICEBERG -> {
            makeRoomForTheCatalog(config);
            check(config, journal);
            yield new IcebergFormat(spark, config);
          }
          case DELTA -> new DeltaFormat(spark, config.root());
        };
    RunLog ops = new RunLog(spark, format, journal, tables(kinds));
    return new Lake(
        new Parts(
            spark,
            config.root(),
            format,
            journal,
            new StageFolders(spark, config.root()),
            new Publisher(config.root(), format, journal),
            ops,
            new DecisionStore(
                config.root(), format, ops, spark.sessionState().newHadoopConf(), kinds)));
  }

  private static List<OpsTable> tables(List<DecisionKind<?>> kinds) {
    return kinds.stream()
        .flatMap(kind -> kind.tables().stream())
        .map(DecisionTable::table)
        .toList();
  }

  /**
   * Refuses to continue if no run has created the lake.
   *
   * @throws Failure with exit code 2
   */
  public static void require(LakeConfig config) {
    if (!exists(config)) {
      throw Failure.operator(
          "There is no lake at %s yet. Run 'costlake night' first, or set lake.root",
          config.root());
    }
  }

  /** Whether a run has created the lake. */
  public static boolean exists(LakeConfig config) {
    Path root = Path.of(config.root());
    return LakeLocation.isTaken(root) || java.nio.file.Files.isDirectory(root.resolve("journal"));
  }

  /**
   * Restores a lake from its backup.
   *
   * @param backup folder of the backup
   * @throws Failure with exit code 2 if there is no backup, or {@code lake.root} is not empty
   */
  public static void restore(LakeConfig config, Path backup) {
    Restore.run(config, backup);
  }

  private static void check(LakeConfig config, Journal journal) {
    if (!config.catalog().isEmbedded()) {
      return;
    }
    CatalogFile catalog = new CatalogFile(config.root());
    catalog.check(journal.current().map(p -> p.versions().keySet()).orElse(Set.of()));
    if (config.catalog().warehouse() == null && !LakeLocation.isTaken(Path.of(config.root()))) {
      catalog.refuseElsewhere();
    }
  }

  private static void makeRoomForTheCatalog(LakeConfig config) {
    if (!config.catalog().isEmbedded()) {
      return;
    }
    try {
      java.nio.file.Files.createDirectories(Path.of(config.root()));
    } catch (IOException e) {
      throw Failure.operator(
          e,
          """
          Cannot make the folder of the lake %s: %s. Free space or allow writing there, or set
          lake.root
          """,
          config.root(),
          FileErrors.whichAndWhy(e));
    }
  }

  /** Returns the publication that readers see; empty before the first night. */
  public Optional<Publication> publication() {
    return parts.journal().current();
  }

  /** Returns a publication that was interrupted. The next run that writes finishes it. */
  public Optional<Publication> unfinished() {
    return parts.journal().pending();
  }

  /** Returns every publication, oldest first. */
  public List<Publication> publications() {
    return parts.journal().all();
  }

  /** Whether the last publication has the table. */
  public boolean exists(TableName table) {
    return version(table).isPresent();
  }

  /** Returns the published version of a table. */
  public Optional<String> version(TableName table) {
    return publication().map(p -> p.versions().get(table.toString()));
  }

  /**
   * Reads the published version of a table.
   *
   * @throws Failure with exit code 2 if no night has published it
   */
  public Dataset<Row> read(TableName table) {
    String version =
        version(table)
            .orElseThrow(
                () ->
                    Failure.operator(
                        "Cannot read %s: no night has published it yet. Run 'costlake night' first",
                        table));
    return parts.format().at(table, version);
  }

  /** Reads a table at the version of a publication, which may not be the last one. */
  public Dataset<Row> read(Publication publication, TableName table) {
    String version = publication.versions().get(table.toString());
    if (version == null) {
      throw Failure.data("Publication %d has no table %s", publication.sequence(), table);
    }
    return parts.format().at(table, version);
  }

  /**
   * Begins a night: takes the writer's lock, finishes an interrupted publication, and removes what
   * an interrupted night staged.
   *
   * @throws Failure with exit code 2 if another night runs
   */
  public NightStage begin(String runId) {
    return locked(runId, lock -> new NightStage(parts, lock, runId));
  }

  /**
   * Begins a plan: as {@link #begin}, but what it stages is in no table and cannot be published.
   *
   * @throws Failure with exit code 2 if another night runs
   */
  public NightStage plan(String runId) {
    return locked(runId, lock -> NightStage.ofPlan(parts, lock, runId));
  }

  /**
   * Begins to decide. Carries out an interrupted decision of the kind first.
   *
   * @throws Failure with exit code 2 if another process decides about this kind, or a night runs
   *     and the kind waits for nights
   */
  public <T> DecisionStage<T> begin(DecisionKind<T> kind, String runId) {
    return kind.lock().equals(LakeLock.WRITER)
        ? locked(runId, lock -> new DecisionStage<>(parts, kind, lock, runId))
        : besideNights(kind, runId);
  }

  private <T> DecisionStage<T> besideNights(DecisionKind<T> kind, String runId) {
    WriterLock lock = WriterLock.take(parts.root(), runId, kind.lock());
    return holding(
        lock,
        () ->
            WriteErrors.guarded(
                "carry out the last decision about " + kind.name(),
                parts.root(),
                () -> {
                  parts.decided().of(kind).resume();
                  return new DecisionStage<>(parts, kind, lock, runId);
                }));
  }

  private <T> T locked(String runId, Function<WriterLock, T> stage) {
    WriterLock lock = WriterLock.take(parts.root(), runId, LakeLock.WRITER);
    return holding(
        lock,
        () -> {
          prepare(runId, lock);
          return stage.apply(lock);
        });
  }

  private void prepare(String runId, WriterLock lock) {
    LakeLocation.claim(Path.of(parts.root()), parts.format().setting());
    SparkSession.setActiveSession(parts.spark());
    WriteErrors.guarded(
        "begin run " + runId,
        parts.root(),
        () -> {
          recover(runId, lock.interrupted());
          return runId;
        });
  }

  private void recover(String runId, Optional<String> interrupted) {
    Optional<Publication> pending = parts.journal().pending();
    pending.ifPresent(parts.publisher()::finish);
    parts.decided().resume(runId);
    FailPoint.reached(FailPoints.RECOVER_BEFORE_SWEEP);
    parts
        .stages()
        .left()
        .forEach((night, tables) -> tables.forEach(t -> parts.format().sweep(night, t)));
    parts.stages().clear();
    interrupted.ifPresent(
        run -> parts.ops().recover(run, parts.journal().current(), parts.decided()::resultOf));
  }

  /**
   * Returns a name for a run that no earlier run has, with the number of the try after it if one
   * has it.
   */
  public String unusedRunId(String name) {
    Set<String> used = new HashSet<>(parts.ops().runs());
    WriterLock.holder(parts.root()).ifPresent(used::add);
    String id = name;
    for (int number = 2; used.contains(id); number++) {
      id = name + "-try-" + number;
    }
    return id;
  }

  /** Returns the decisions of people. */
  public DecisionStore decided() {
    return parts.decided();
  }

  /** Opens something that holds a lock. Releases the lock if that fails. */
  private static <T> T holding(WriterLock lock, Supplier<T> opening) {
    try {
      return opening.get();
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Copies the folder of the lake to a backup, or updates an earlier backup.
   *
   * @param folder an earlier backup of this lake, or empty
   * @throws Failure with exit code 2 if another run writes, if nothing is published, or if the
   *     folder has other content
   */
  public Copy backup(Path folder) {
    String runId = "backup";
    try (NightStage alone = locked(runId, lock -> new NightStage(parts, lock, runId))) {
      long publication =
          alone
              .before()
              .map(Publication::sequence)
              .orElseThrow(
                  () ->
                      Failure.operator(
                          """
                          Cannot back up %s: no night has published anything. Run 'costlake night'
                          first
                          """,
                          parts.root()));
      return parts.decided().whileNobodyDecides(runId, () -> copy(folder, publication));
    }
  }

  private Copy copy(Path folder, long publication) {
    return Backup.of(Path.of(parts.root()), folder, publication, parts.decided().folders());
  }

  /** Returns the rows of a table {@code ops.*} of a kind of decision; none if it has none yet. */
  public List<Row> rows(OpsTable table) {
    return ops().rows(RunLog.spec(table)).map(Dataset::collectAsList).orElse(List.of());
  }

  /** Returns the log of runs, which reads and writes the tables {@code ops.*}. */
  public RunLog ops() {
    return parts.ops();
  }

  /**
   * Registers published tables as views {@code namespace.name} of the session, at the versions of
   * the last publication.
   *
   * @param wanted condition on the names of the views
   */
  public void registerViews(Predicate<String> wanted) {
    Map<String, String> relations = relations(wanted);
    relations.keySet().stream()
        .map(table -> TableName.parse(table).namespace())
        .distinct()
        .forEach(
            namespace ->
                parts.spark().sql("create database if not exists spark_catalog." + namespace));
    relations.forEach(
        (table, relation) ->
            parts
                .spark()
                .sql(
                    "create or replace view spark_catalog.%s as select * from %s"
                        .formatted(table, relation)));
  }

  /** Returns the names of the published tables and of the tables {@code ops.*}. */
  public Set<String> tables() {
    return relations(table -> true).keySet();
  }

  private Map<String, String> relations(Predicate<String> wanted) {
    Map<String, String> relations = new TreeMap<>();
    publication().map(Publication::versions).orElse(Map.of()).entrySet().stream()
        .filter(table -> wanted.test(table.getKey()))
        .forEach(
            table ->
                relations.put(
                    table.getKey(),
                    parts.format().relation(TableName.parse(table.getKey()), table.getValue())));
    relations.putAll(parts.ops().relations(wanted));
    return relations;
  }
}
