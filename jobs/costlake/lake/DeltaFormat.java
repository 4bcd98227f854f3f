package costlake.lake;

import costlake.config.LakeConfig;
import costlake.core.AtomicFile;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Delta format. A night prepares a commit for each table that it changes ({@link DeltaStage}),
 * and publishing makes the commit. The commit has the number of the publication, so a repeat does
 * nothing. A target is a text: the folder of the prepared commit, a vertical bar, and the SQL
 * condition for the rows that the commit replaces.
 */
final class DeltaFormat implements TableFormat {
  private static final String WRITER = "costlake";
  private static final long NONE = 0;
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "delta.logRetentionDuration", "interval 3650 days",
          "delta.deletedFileRetentionDuration", "interval 1 days");

  /** The snapshot and the data files of a table version. */
  private record Known(Snapshot snapshot, List<AddFile> files) {
    static Known of(Snapshot snapshot) {
      return new Known(snapshot, DeltaFiles.of(snapshot));
    }

    Dataset<Row> rows() {
      return snapshot.deltaLog().createDataFrame(snapshot, seq(files), false, Option.empty());
    }
  }

  private final SparkSession spark;
  private final String root;
  private final Map<TableName, Known> known = new ConcurrentHashMap<>();

  DeltaFormat(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  @Override
  public LakeConfig.Format setting() {
    return LakeConfig.Format.DELTA;
  }

  @Override
  public Optional<String> version(TableName table) {
    long version = snapshot(table).version();
    return version < 0 ? Optional.empty() : Optional.of(Long.toString(version));
  }

  /**
   * Returns the log of a table. Sets the session first, because Delta uses the active session of
   * the thread.
   */
  private DeltaLog log(TableName table) {
    return log(path(table));
  }

  private DeltaLog log(String path) {
    SparkSession.setActiveSession(spark);
    return DeltaLog.forTable(spark, path);
  }

  private Snapshot snapshot(TableName table) {
    return latest(log(table));
  }

  private static Snapshot latest(DeltaLog log) {
    return log.update(false, Option.empty(), Option.empty());
  }

  private Snapshot snapshotAt(TableName table, long version) {
    return log(table).getSnapshotAt(version, Option.empty(), Option.empty(), false);
  }

  /**
   * Finds the files of a version only once, because a night reads the same version about five
   * times.
   */
  @Override
  public Dataset<Row> at(TableName table, String version) {
    long number = Long.parseLong(version);
    Known found =
        known.compute(
            table,
            (name, last) ->
                last != null && last.snapshot().version() == number
                    ? last
                    : Known.of(snapshotAt(name, number)));
    return found.rows();
  }

  @Override
  public String relation(TableName table, String version) {
    return "delta.`" + path(table) + "` version as of " + version;
  }

  @Override
  public boolean isAhead(TableName table, Optional<String> published) {
    Snapshot now = snapshot(table);
    return now.version() >= 0
        && !published.equals(Optional.of(Long.toString(now.version())))
        && publication(now) != publication(table, published);
  }

  /**
   * Restores the rows first and the number of the publication last: {@link #isAhead} compares the
   * number.
   */
  @Override
  public void takeBack(TableName table, Optional<String> published) {
    DeltaTable live = DeltaTable.forPath(spark, path(table));
    published.ifPresentOrElse(
        version -> live.restoreToVersion(Long.parseLong(version)), live::delete);
    log(table)
        .startTransaction(Option.empty(), Option.apply(snapshot(table)))
        .commit(seq(List.of(numbered(publication(table, published)))), write(SaveMode.Append, ""));
  }

  private long publication(TableName table, Optional<String> version) {
    return version.map(v -> publication(snapshotAt(table, Long.parseLong(v)))).orElse(NONE);
  }

  /** Returns the number of the publication that last changed a table. */
  private static long publication(Snapshot snapshot) {
    Object last = CollectionConverters.asJava(snapshot.transactions()).get(WRITER);
    return last == null ? NONE : ((Number) last).longValue();
  }

  private static SetTransaction numbered(long publication) {
    return new SetTransaction(WRITER, publication, Option.apply(Clock.systemUTC().millis()));
  }

  @Override
  public String stage(
      String night, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    String folder = StageFolders.folder(root, night, spec.name());
    DeltaStage.write(
        spark,
        folder,
        withoutOtherColumns(spec, metadata(spec, snapshot(spec.name()))),
        PartitionRebalance.byPartition(spec, rows, partitions));
    return target(spec, folder, partitions);
  }

  /**
   * Returns the metadata of a table with the new columns added or, for a new table, its first
   * metadata.
   *
   * @throws Failure with exit code 2 if the lake has a table of this name with other partitions or
   *     column types
   */
  private static Metadata metadata(TableSpec spec, Snapshot now) {
    List<String> partitions =
        spec.partitioning().isWhole() ? List.of() : List.of(spec.partitioning().dateColumn());
    if (now.version() < 0) {
      return new Metadata(
          UUID.randomUUID().toString(),
          null,
          null,
          new Format("parquet", map(Map.of())),
          commented(spec).json(),
          seq(partitions),
          configuration(spec, PROPERTIES),
          Option.apply(Clock.systemUTC().millis()));
    }
    Metadata known = now.metadata();
    List<String> by = List.copyOf(CollectionConverters.asJava(known.partitionColumns()));
    if (!by.equals(partitions)) {
      throw another(spec, "partitioned by " + by + ", not by " + partitions);
    }
    StructType columns = known.schema();
    for (StructField field : commented(spec).fields()) {
      if (!List.of(columns.fieldNames()).contains(field.name())) {
        columns = columns.add(field);
      } else if (!DataType.equalsIgnoreNullability(
          columns.apply(field.name()).dataType(), field.dataType())) {
        throw another(
            spec,
            "with %s as %s, not %s"
                .formatted(
                    field.name(),
                    columns.apply(field.name()).dataType().sql(),
                    field.dataType().sql()));
      }
    }
    return metadata(spec, known, columns);
  }

  /**
   * Returns the metadata without the columns that a model no longer has. Otherwise every new row
   * would have null in them, and queries of an earlier version would go on without an error.
   * Earlier versions of the table keep their columns.
   */
  private static Metadata withoutOtherColumns(TableSpec spec, Metadata metadata) {
    Set<String> names = Set.of(spec.columns().fieldNames());
    StructType columns = new StructType();
    for (StructField field : metadata.schema().fields()) {
      columns = names.contains(field.name()) ? columns.add(field) : columns;
    }
    return metadata(spec, metadata, columns);
  }

  private static Metadata metadata(TableSpec spec, Metadata known, StructType columns) {
    return new Metadata(
        known.id(),
        known.name(),
        known.description(),
        known.format(),
        columns.json(),
        known.partitionColumns(),
        configuration(spec, CollectionConverters.asJava(known.configuration())),
        known.createdTime());
  }

  /**
   * Returns the properties of a table, including the properties for the Parquet encodings of its
   * files.
   */
  private static scala.collection.immutable.Map<String, String> configuration(
      TableSpec spec, Map<String, String> known) {
    Map<String, String> configuration = ParquetEncodings.parquet(spec);
    configuration.putAll(known);
    return map(configuration);
  }

  private static Failure another(TableSpec spec, String difference) {
    return Failure.operator(
        "Cannot stage %s: the lake has that table %s. Build a new lake in an empty folder",
        spec.name(), difference);
  }

  private static StructType commented(TableSpec spec) {
    StructType columns = new StructType();
    for (StructField field : spec.columns().fields()) {
      String comment = spec.comments().get(field.name());
      columns = columns.add(comment == null ? field : field.withComment(comment));
    }
    return columns;
  }

  private static String target(TableSpec spec, String folder, Optional<Set<LocalDate>> partitions) {
    return folder
        + "|"
        + partitions
            .map(days -> SqlFragments.condition(spec.partitioning().dateColumn(), days))
            .orElse("");
  }

  private DeltaStage stage(String target) {
    return DeltaStage.read(spark, folder(target));
  }

  private static String folder(String target) {
    return target.substring(0, target.lastIndexOf('|'));
  }

  private static String condition(String target) {
    return target.substring(target.lastIndexOf('|') + 1);
  }

  @Override
  public Map<LocalDate, Long> rows(TableSpec spec, String target) {
    Map<LocalDate, Long> rows = new HashMap<>();
    for (AddFile file : stage(target).files()) {
      rows.merge(partition(spec, file), rows(file), Long::sum);
    }
    return rows;
  }

  private static long rows(AddFile file) {
    return ((Number) file.numLogicalRecords().get()).longValue();
  }

  private static LocalDate partition(TableSpec spec, AddFile file) {
    if (spec.partitioning().isWhole()) {
      return StageResult.WHOLE;
    }
    String value =
        CollectionConverters.asJava(file.partitionValues()).get(spec.partitioning().dateColumn());
    if (value == null) {
      throw Failure.data(
          "Cannot stage %s: %d rows have no value in %s, the partition column",
          spec.name(), rows(file), spec.partitioning().dateColumn());
    }
    return LocalDate.parse(value);
  }

  @Override
  public String keep(TableSpec spec, String target, Set<LocalDate> partitions) {
    stage(target).keep(file -> partitions.contains(partition(spec, file)));
    return target(spec, folder(target), Optional.of(partitions));
  }

  @Override
  public Dataset<Row> staged(TableSpec spec, Optional<Set<LocalDate>> partitions, String target) {
    return stage(target).rows();
  }

  @Override
  public String publish(TableName table, String target, long sequence) {
    Snapshot now = snapshot(table);
    if (publication(now) >= sequence) {
      return Long.toString(now.version());
    }
    DeltaStage stage = stage(target);
    OptimisticTransaction commit = begin(table, now, stage.metadata());
    List<Action> actions = new ArrayList<>();
    // Spark would run jobs to find the files of a table that does not exist.
    if (now.version() >= 0) {
      CollectionConverters.asJava(commit.filterFiles(replaced(target), false))
          .forEach(file -> actions.add(file.remove()));
    }
    actions.addAll(stage.files());
    actions.add(numbered(sequence));
    stage.moveTo(path(table));
    FailPoint.reached(FailPoints.PUBLISH_FILES_MOVED);
    return Long.toString(commit.commit(seq(actions), write(SaveMode.Overwrite, condition(target))));
  }

  /** Begins a commit that gives the table this metadata. */
  private OptimisticTransaction begin(TableName table, Snapshot now, Metadata metadata) {
    makeFolder(path(table));
    OptimisticTransaction commit = log(table).startTransaction(Option.empty(), Option.apply(now));
    if (now.version() < 0
        || !now.schema().equals(metadata.schema())
        || !now.metadata().configuration().equals(metadata.configuration())) {
      commit.updateMetadata(metadata, true);
    }
    return commit;
  }

  /**
   * Creates the folder of a table and forces it and its new parent folders to disk. Delta would not
   * force them.
   */
  private void makeFolder(String table) {
    try {
      AtomicFile.makeFolder(Path.of(table, "_delta_log"));
    } catch (IOException e) {
      throw WriteErrors.failure("make the folder " + table, root, e);
    }
  }

  private Seq<Expression> replaced(String target) {
    String condition = condition(target);
    return seq(condition.isEmpty() ? List.of() : List.of(parsed(condition)));
  }

  private Expression parsed(String condition) {
    try {
      return ((org.apache.spark.sql.classic.SparkSession) spark)
          .sessionState()
          .sqlParser()
          .parseExpression(condition);
    } catch (ParseException e) {
      throw new IllegalStateException("Not a condition: " + condition, e);
    }
  }

  private static DeltaOperations.Write write(SaveMode mode, String condition) {
    return new DeltaOperations.Write(
        mode,
        Option.empty(),
        condition.isEmpty() ? Option.empty() : Option.apply(condition),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private static <T> Seq<T> seq(List<T> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  private static scala.collection.immutable.Map<String, String> map(Map<String, String> values) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(values));
  }

  @Override
  public List<Path> folders(TableName table) {
    List<Path> folders = new ArrayList<>(List.of(Path.of(path(table))));
    for (String aside : List.of("stage", "closed")) {
      folders.addAll(below(Path.of(root, aside), table.toString()));
    }
    return folders;
  }

  private static List<Path> below(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(one -> one.resolve(name)).filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }

  /**
   * Copies the rows to a separate table. To keep an old version in place, vacuum would have to keep
   * all later versions too.
   */
  @Override
  public String pin(TableName table, String version, String label, Column rows) {
    makeFolder(frozen(table, label));
    at(table, version)
        .where(rows)
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .save(frozen(table, label));
    return label;
  }

  @Override
  public Dataset<Row> pinned(TableName table, String pin) {
    Snapshot snapshot = latest(log(frozen(table, pin)));
    if (snapshot.version() < 0) {
      throw Failure.data(
          "Cannot read %s as a close froze it: %s has no Delta table. Restore the backup of the lake",
          table, frozen(table, pin));
    }
    return Known.of(snapshot).rows();
  }

  private String frozen(TableName table, String label) {
    return root + "/closed/" + label + "/" + table;
  }

  @Override
  public void append(TableSpec spec, Dataset<Row> rows) {
    Snapshot now = snapshot(spec.name());
    OptimisticTransaction commit = begin(spec.name(), now, metadata(spec, now));
    commit.commit(
        seq(
            new ArrayList<Action>(
                CollectionConverters.asJava(commit.writeFiles(rows.coalesce(1))))),
        write(SaveMode.Append, ""));
  }

  @Override
  public void discard(String night, TableName table) {
    new StageFolders(spark, root).remove(night, table);
  }

  @Override
  public void sweep(String night, TableName table) {
    discard(night, table);
  }

  @Override
  public long merge(TableName table, MaintenancePlan plan) {
    if (snapshot(table).numOfFiles() < MaintenancePlan.SMALL_FILES_MIN) {
      return 0;
    }
    return DeltaTable.forPath(spark, path(table))
        .optimize()
        .executeCompaction()
        .select("metrics.numFilesRemoved")
        .first()
        .getLong(0);
  }

  @Override
  public String expire(TableName table, Set<String> pinned, MaintenancePlan plan) {
    String live = Long.toString(snapshot(table).version());
    Instant keepFrom =
        pinned.stream()
            .filter(version -> !version.equals(live))
            .map(version -> committedAt(table, version))
            .reduce(plan.expireBefore(), (a, b) -> a.isBefore(b) ? a : b);
    long age_ms = Duration.between(keepFrom, Clock.systemUTC().instant()).toMillis();
    double hours = Math.max(0, age_ms) / 3_600_000.0;
    DeltaTable.forPath(spark, path(table)).vacuum(hours);
    return "files of versions older than %.1f days removed".formatted(hours / 24);
  }

  private Instant committedAt(TableName table, String version) {
    return DeltaTable.forPath(spark, path(table))
        .history()
        .filter("version = " + Long.parseLong(version))
        .select("timestamp")
        .first()
        .getTimestamp(0)
        .toInstant();
  }

  private String path(TableName table) {
    return root + "/tables/" + table.namespace() + "/" + table.name();
  }
}
