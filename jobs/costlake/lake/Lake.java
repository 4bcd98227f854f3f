package costlake.lake;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables, as the last publication left them, and the one door through which they change. */
public final class Lake {
  private final SparkSession spark;
  private final LakeConfig config;
  private final TableFormat format;
  private final Journal journal;
  private final Ops ops;

  private Lake(SparkSession spark, LakeConfig config) {
    this.spark = spark;
    this.config = config;
    this.journal = new Journal(config.root(), spark.sessionState().newHadoopConf());
    this.format =
        switch (config.format()) {
          case ICEBERG -> new IcebergFormat(spark);
          case DELTA -> new DeltaFormat(spark, config.root());
        };
    this.ops = new Ops(spark, format);
  }

  /** Opens a lake; an empty one comes into being with its first night. */
  public static Lake open(LakeConfig config, SparkSession spark) {
    return new Lake(spark, config);
  }

  /** What readers see; empty before the first night. */
  public Optional<Publication> publication() {
    return journal.current();
  }

  /** Every publication, oldest first. */
  public List<Publication> publications() {
    return journal.all();
  }

  /** Whether the last publication has the table. */
  public boolean exists(TableName table) {
    return version(table).isPresent();
  }

  /** The published version of a table. */
  public Optional<String> version(TableName table) {
    return publication().map(p -> p.versions().get(table.toString()));
  }

  /**
   * A table as the last publication left it.
   *
   * @throws Failure of the operator's family when no night has published it
   */
  public Dataset<Row> read(TableName table) {
    String version =
        version(table)
            .orElseThrow(
                () ->
                    Failure.operator(
                        "Cannot read "
                            + table
                            + ": no night has published it yet. Run 'costlake night' first"));
    return format.at(table, version);
  }

  /**
   * Begins a night: takes the writer's lock, finishes a publication that was cut off, drops what an
   * abandoned night staged.
   *
   * @throws Failure of the operator's family when another night runs
   */
  public NightStage begin(String runId) {
    WriterLock lock = WriterLock.take(config.root(), runId);
    try {
      journal.pending().ifPresent(pending -> new Publisher(format, journal).finish(pending));
      sweep();
      return new NightStage(format, journal, ops, lock, runId);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void sweep() {
    publication()
        .ifPresent(p -> p.versions().keySet().forEach(t -> format.discard("", TableName.parse(t))));
    Files.delete(spark, config.root() + "/stage");
  }

  /** What happened, as tables. */
  public Ops ops() {
    return ops;
  }

  /**
   * Makes every published table a view {@code namespace.name} of the session, pinned to the last
   * publication.
   */
  public void registerViews() {
    Map<String, String> relations = new TreeMap<>();
    publication()
        .ifPresent(
            p ->
                p.versions()
                    .forEach((t, v) -> relations.put(t, format.relation(TableName.parse(t), v))));
    relations.putAll(ops.relations());
    relations.forEach(
        (table, relation) -> {
          spark.sql(
              "create database if not exists spark_catalog." + TableName.parse(table).namespace());
          spark.sql(
              "create or replace view spark_catalog." + table + " as select * from " + relation);
        });
  }

  /** Expires, merges and sweeps every table. */
  public Maintenance maintenance() {
    return new Maintenance(format, journal);
  }
}
