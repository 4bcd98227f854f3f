package costlake.lake;

import static org.apache.spark.sql.functions.lit;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The Iceberg format. A night writes to a branch of each table that it changes; publishing
 * fast-forwards the branch {@code main}.
 */
final class IcebergFormat implements TableFormat {
  private static final String BRANCH = "night";
  private static final String TAG = "publication-";

  /** Column that row filters compare. */
  private static final String TEAM = "team_id";

  private static final String OBJECT_STORE = "s3://";
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.distribution-mode", "none",
          "write.spark.fanout.enabled", "true",
          "read.split.open-file-cost", "131072",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20");

  private final SparkSession spark;
  private final LakeConfig config;

  IcebergFormat(SparkSession spark, LakeConfig config) {
    this.spark = spark;
    this.config = config;
  }

  private Catalog catalog() {
    return ((SparkCatalog) spark.sessionState().catalogManager().catalog(config.catalog().name()))
        .icebergCatalog();
  }

  private boolean isEmbedded() {
    return config.catalog().isEmbedded();
  }

  private void makeRoot() {
    try {
      if (isEmbedded()) {
        Files.createDirectories(Path.of(config.root()));
      }
    } catch (IOException e) {
      throw WriteErrors.failure("make the catalog", config.root(), e);
    }
  }

  @Override
  public LakeConfig.Format setting() {
    return LakeConfig.Format.ICEBERG;
  }

  @Override
  public Optional<String> version(TableName table) {
    return load(table).map(Table::currentSnapshot).map(s -> Long.toString(s.snapshotId()));
  }

  private synchronized void prepare(TableSpec spec) {
    Table table = writable(spec.name()).orElseGet(() -> create(spec));
    // A branch needs a snapshot. A table of an interrupted night may have none.
    if (table.currentSnapshot() == null) {
      table.newAppend().commit();
    }
    for (var field : spec.columns().fields()) {
      if (table.schema().findField(field.name()) == null) {
        spark.sql(
            "alter table %s add column `%s` %s"
                .formatted(sql(spec.name()), field.name(), field.dataType().sql()));
      }
    }
    // Properties that are already set stay as they are.
    Map<String, String> missing = settings(spec);
    missing.keySet().removeAll(table.properties().keySet());
    if (!missing.isEmpty()) {
      UpdateProperties update = table.updateProperties();
      missing.forEach(update::set);
      update.commit();
    }
  }

  /**
   * Drops the columns that a model no longer has. Otherwise every new row would have null in them,
   * and queries of an earlier version would go on without an error. Earlier snapshots keep their
   * columns.
   */
  private synchronized void dropOtherColumns(TableSpec spec) {
    Set<String> columns = Set.of(spec.columns().fieldNames());
    for (var field : writable(spec.name()).orElseThrow().schema().columns()) {
      if (!columns.contains(field.name())) {
        spark.sql("alter table %s drop column `%s`".formatted(sql(spec.name()), field.name()));
      }
    }
  }

  private Table create(TableSpec spec) {
    makeRoot();
    Catalog catalog = catalog();
    Namespace namespace = Namespace.of(spec.name().namespace());
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      namespaces.createNamespace(namespace);
    }
    spark.sql(
        "create table %s (%s) using iceberg %s tblproperties (%s)"
            .formatted(
                sql(spec.name()),
                SqlFragments.ddl(spec),
                SqlFragments.partitionedBy(spec),
                properties(spec)));
    return load(spec.name()).orElseThrow();
  }

  private static String properties(TableSpec spec) {
    Map<String, String> properties = new TreeMap<>(PROPERTIES);
    properties.putAll(settings(spec));
    return properties.entrySet().stream()
        .map(property -> "'%s'='%s'".formatted(property.getKey(), property.getValue()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the properties that depend on the columns. The metadata of a table with teams has no
   * smallest and largest values except of the partition column: Trino shows them to everyone who
   * may read some of the rows, and the largest cost is the total of the company.
   */
  private static Map<String, String> settings(TableSpec spec) {
    Map<String, String> settings = ParquetEncodings.iceberg(spec);
    if (List.of(spec.columns().fieldNames()).contains(TEAM)) {
      settings.put("write.metadata.metrics.default", "counts");
      if (!spec.partitioning().isWhole()) {
        settings.put("write.metadata.metrics.column." + spec.partitioning().dateColumn(), "full");
      }
    }
    return settings;
  }

  @Override
  public Dataset<Row> at(TableName table, String version) {
    return spark.read().option("versionAsOf", version).table(sql(table));
  }

  @Override
  public Optional<List<InternalRow>> fewRows(TableName table, String version) {
    return load(table).flatMap(found -> IcebergReader.read(found, Long.parseLong(version)));
  }

  @Override
  public String relation(TableName table, String version) {
    return sql(table) + " version as of " + version;
  }

  @Override
  public boolean isAhead(TableName name, Optional<String> published) {
    return load(name)
        .filter(table -> table.currentSnapshot() != null)
        .map(table -> !publicationsSince(table, published.map(Long::valueOf)).isEmpty())
        .orElse(false);
  }

  @Override
  public void takeBack(TableName name, Optional<String> published) {
    Table table = writable(name).orElseThrow();
    Optional<Long> seen = published.map(Long::valueOf);
    List<String> lost = publicationsSince(table, seen);
    if (seen.isEmpty()) {
      table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
    }
    ManageSnapshots manage = table.manageSnapshots();
    seen.ifPresent(manage::setCurrentSnapshot);
    lost.forEach(manage::removeTag);
    manage.commit();
  }

  /**
   * Returns the tags of the publications after the snapshot {@code seen}, or of all publications if
   * {@code seen} is empty. Returns no tags if the current snapshot does not descend from {@code
   * seen}.
   */
  private static List<String> publicationsSince(Table table, Optional<Long> seen) {
    if (seen.isPresent() && !SnapshotUtil.isAncestorOf(table, seen.get())) {
      return List.of();
    }
    Set<Long> since = new HashSet<>();
    SnapshotUtil.ancestorIdsBetween(
            table.currentSnapshot().snapshotId(), seen.orElse(null), table::snapshot)
        .forEach(since::add);
    return publications(table)
        .filter(tag -> since.contains(tag.getValue().snapshotId()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Stream<Map.Entry<String, SnapshotRef>> publications(Table table) {
    return table.refs().entrySet().stream()
        .filter(ref -> ref.getValue().isTag() && ref.getKey().startsWith(TAG));
  }

  @Override
  public String stage(
      String night, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    prepare(spec);
    dropOtherColumns(spec);
    Table table = writable(spec.name()).orElseThrow();
    branchOff(table);
    if (PlannedRows.isInMemory(rows)) {
      IcebergRows.commit(table, rows, files -> replacing(table, spec, files, partitions));
    } else {
      replace(sql(spec.name()) + ".branch_" + BRANCH, spec, rows, partitions);
    }
    table.refresh();
    return Long.toString(table.snapshot(BRANCH).snapshotId());
  }

  /**
   * Replaces partitions of a branch in one commit.
   *
   * @param partitions partitions to replace; empty means all
   */
  private static void replace(
      String branch, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    try {
      PartitionRebalance.byPartition(spec, rows, partitions)
          .writeTo(branch)
          .overwrite(
              partitions
                  .map(days -> SqlFragments.in(spec.partitioning().dateColumn(), days))
                  .orElse(lit(true)));
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw Failure.internal(e, "Cannot stage %s: %s", spec.name(), e.getMessage());
    }
  }

  /** Returns an update that replaces partitions of the branch by files. */
  private static OverwriteFiles replacing(
      Table table, TableSpec spec, List<DataFile> files, Optional<Set<LocalDate>> partitions) {
    OverwriteFiles overwrite =
        table
            .newOverwrite()
            .toBranch(BRANCH)
            .overwriteByRowFilter(
                partitions.map(days -> in(spec, days)).orElse(Expressions.alwaysTrue()));
    files.forEach(overwrite::addFile);
    return overwrite;
  }

  private static Expression in(TableSpec spec, Set<LocalDate> days) {
    return Expressions.in(
        spec.partitioning().dateColumn(),
        days.stream().map(day -> (int) day.toEpochDay()).toArray());
  }

  private static void branchOff(Table table) {
    ManageSnapshots manage = table.manageSnapshots();
    if (table.refs().containsKey(BRANCH)) {
      manage.removeBranch(BRANCH);
    }
    manage.createBranch(BRANCH, table.currentSnapshot().snapshotId()).commit();
  }

  @Override
  public Map<LocalDate, Long> rows(TableSpec spec, String target) {
    Table table = load(spec.name()).orElseThrow();
    Map<LocalDate, Long> rows = new HashMap<>();
    for (DataFile file : added(table, target)) {
      rows.merge(day(spec, file), file.recordCount(), Long::sum);
    }
    return rows;
  }

  private static Iterable<DataFile> added(Table table, String target) {
    return SnapshotChanges.builderFor(table)
        .snapshot(table.snapshot(Long.parseLong(target)))
        .build()
        .addedDataFiles();
  }

  private static LocalDate day(TableSpec spec, DataFile file) {
    if (spec.partitioning().isWhole()) {
      return StageResult.WHOLE;
    }
    Integer days = file.partition().get(0, Integer.class);
    if (days == null) {
      throw Failure.data(
          "Cannot stage %s: %d rows have no value in %s, the partition column",
          spec.name(), file.recordCount(), spec.partitioning().dateColumn());
    }
    return LocalDate.ofEpochDay(days);
  }

  @Override
  public String keep(TableSpec spec, String target, Set<LocalDate> partitions) {
    Table table = writable(spec.name()).orElseThrow();
    List<DataFile> kept = new ArrayList<>();
    for (DataFile file : added(table, target)) {
      if (partitions.contains(day(spec, file))) {
        kept.add(file);
      }
    }
    branchOff(table);
    replacing(table, spec, kept, Optional.of(partitions)).commit();
    drop(table, Long.parseLong(target));
    return Long.toString(table.snapshot(BRANCH).snapshotId());
  }

  private static void drop(Table table, long snapshot) {
    table.expireSnapshots().expireOlderThan(0).expireSnapshotId(snapshot).commit();
    table.refresh();
  }

  @Override
  public Dataset<Row> staged(TableSpec spec, Optional<Set<LocalDate>> partitions, String target) {
    Dataset<Row> rows = at(spec.name(), target);
    return partitions
        .map(days -> rows.filter(SqlFragments.in(spec.partitioning().dateColumn(), days)))
        .orElse(rows);
  }

  @Override
  public String publish(TableName name, String target, long sequence) {
    Table table = writable(name).orElseThrow();
    long snapshot = Long.parseLong(target);
    ManageSnapshots manage = table.manageSnapshots();
    boolean moves = table.currentSnapshot().snapshotId() != snapshot;
    if (moves) {
      manage.fastForwardBranch(SnapshotRef.MAIN_BRANCH, BRANCH);
    }
    boolean tags = tag(table, manage, TAG + sequence, snapshot);
    boolean branched = table.refs().containsKey(BRANCH);
    if (branched) {
      manage.removeBranch(BRANCH);
    }
    if (moves || tags || branched) {
      commit(name, manage);
    }
    return target;
  }

  /**
   * Adds to a commit that a tag is set to a snapshot. Returns false if the tag is already set to
   * this snapshot.
   */
  private static boolean tag(Table table, ManageSnapshots manage, String name, long snapshot) {
    SnapshotRef known = table.refs().get(name);
    if (known == null) {
      manage.createTag(name, snapshot);
    } else if (known.snapshotId() != snapshot) {
      manage.replaceTag(name, snapshot);
    }
    return known == null || known.snapshotId() != snapshot;
  }

  private static void commit(TableName name, ManageSnapshots manage) {
    try {
      manage.commit();
    } catch (IllegalArgumentException | ValidationException e) {
      throw Failure.internal(
          e,
          "Cannot publish %s: %s. Another program wrote to the table. Run the night again",
          name,
          e.getMessage());
    }
  }

  /** Returns the folder of a table. Only the embedded catalog has a fixed folder for each table. */
  @Override
  public List<Path> folders(TableName name) {
    String location =
        isEmbedded()
            ? config.tables() + "/" + name.namespace() + "/" + name.name()
            : load(name).map(Table::location).orElse(OBJECT_STORE);
    return location.matches("(file:|/).*") ? List.of(DiskSync.path(location)) : List.of();
  }

  /** Creates a tag that never expires. Maintenance removes only tags of publications. */
  @Override
  public String pin(TableName name, String version, String label, Column rows) {
    Table table = writable(name).orElseThrow();
    ManageSnapshots manage = table.manageSnapshots();
    if (tag(table, manage, label, Long.parseLong(version))) {
      manage.setMaxRefAgeMs(label, Long.MAX_VALUE).commit();
    }
    return version;
  }

  @Override
  public Dataset<Row> pinned(TableName table, String pin) {
    return at(table, pin);
  }

  @Override
  public void append(TableSpec spec, Dataset<Row> rows) {
    prepare(spec);
    Table table = writable(spec.name()).orElseThrow();
    IcebergRows.commit(table, rows, files -> appending(table, files));
  }

  private static AppendFiles appending(Table table, List<DataFile> files) {
    AppendFiles append = table.newAppend();
    files.forEach(append::appendFile);
    return append;
  }

  @Override
  public void discard(String night, TableName name) {
    writable(name)
        .filter(table -> table.refs().containsKey(BRANCH))
        .ifPresent(IcebergFormat::discard);
  }

  private static void discard(Table table) {
    long staged = table.snapshot(BRANCH).snapshotId();
    table.manageSnapshots().removeBranch(BRANCH).commit();
    if (table.currentSnapshot().snapshotId() != staged) {
      drop(table, staged);
    }
  }

  @Override
  public void sweep(String night, TableName name) {
    discard(night, name);
    load(name).ifPresent(table -> removeOrphans(table, Clock.systemUTC().instant()));
  }

  private long removeOrphans(Table table, Instant olderThan) {
    long removed = 0;
    for (String ignored :
        SparkActions.get(spark)
            .deleteOrphanFiles(table)
            .usePrefixListing(table.location().startsWith(OBJECT_STORE))
            .olderThan(olderThan.toEpochMilli())
            .execute()
            .orphanFileLocations()) {
      removed++;
    }
    return removed;
  }

  @Override
  public long merge(TableName name, MaintenancePlan plan) {
    RewriteDataFiles.Result result =
        SparkActions.get(spark)
            .rewriteDataFiles(writable(name).orElseThrow())
            .binPack()
            .option("min-file-size-bytes", Long.toString(plan.smallFileBytes()))
            .option("target-file-size-bytes", Long.toString(plan.smallFileBytes() * 4))
            .option("max-file-size-bytes", Long.toString(plan.smallFileBytes() * 8))
            .option("min-input-files", Integer.toString(MaintenancePlan.SMALL_FILES_MIN))
            .execute();
    return result.rewrittenDataFilesCount();
  }

  @Override
  public String expire(TableName name, Set<String> pinned, MaintenancePlan plan) {
    Table table = writable(name).orElseThrow();
    removeTags(table, pinned, plan);
    long before = count(table);
    boolean old = false;
    for (Snapshot snapshot : table.snapshots()) {
      old |= snapshot.timestampMillis() < plan.expireBefore().toEpochMilli();
    }
    if (old && before > 1) {
      table.expireSnapshots().expireOlderThan(plan.expireBefore().toEpochMilli()).commit();
      table.refresh();
    }
    return "%d snapshots expired, %d orphan files removed"
        .formatted(before - count(table), removeOrphans(table, plan.orphansBefore()));
  }

  private static void removeTags(Table table, Set<String> pinned, MaintenancePlan plan) {
    List<String> stale =
        publications(table)
            .filter(ref -> !pinned.contains(Long.toString(ref.getValue().snapshotId())))
            .filter(
                ref ->
                    table.snapshot(ref.getValue().snapshotId()).timestampMillis()
                        < plan.expireBefore().toEpochMilli())
            .map(Map.Entry::getKey)
            .toList();
    if (!stale.isEmpty()) {
      ManageSnapshots manage = table.manageSnapshots();
      stale.forEach(manage::removeTag);
      manage.commit();
    }
  }

  private static long count(Table table) {
    long n = 0;
    for (Snapshot ignored : table.snapshots()) {
      n++;
    }
    return n;
  }

  private Optional<Table> load(TableName name) {
    if (isEmbedded() && !Files.exists(Sessions.embeddedCatalog(config.root()))) {
      return Optional.empty();
    }
    try {
      return Optional.of(catalog().loadTable(TableIdentifier.of(name.namespace(), name.name())));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private Optional<Table> writable(TableName name) {
    return load(name).map(IcebergDates::writable);
  }

  private String sql(TableName name) {
    return config.catalog().name() + "." + name.namespace() + "." + name.name();
  }
}
