package costlake.lake;

import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.config.SparkConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Creates Spark sessions with UTC, ANSI arithmetic and both table formats. */
public final class Sessions {
  private static final int BUSY_TIMEOUT_MS = 60_000;
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String FACTORY = "spark.sql.codegen.factoryMode";
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String SEVERAL_PARTITIONS = "4";
  private static final String SUBSTITUTE = "spark.sql.variable.substitute";
  private static final long MANY_ROWS = 200_000;
  private static final long FEW_ROWS = 120_000;

  private Sessions() {}

  /** Opens a session for a configuration. All sessions of the process share one Spark context. */
  public static SparkSession open(Config config) {
    return open(config.spark(), config.lake());
  }

  /** Opens a session from the two parts of a configuration that a session needs. */
  public static SparkSession open(SparkConfig spark, LakeConfig lake) {
    return session(engine(spark.master(), spark.properties()), lake);
  }

  /**
   * Returns the Spark session of this process. Starts Spark on first use. Spark never replaces
   * {@code ${env:NAME}}, {@code ${system:NAME}} and {@code ${spark.NAME}} in a query: the values
   * may be secrets.
   *
   * @param properties further Spark properties; they replace all others that Costlake sets
   */
  public static SparkSession engine(String master, Map<String, String> properties) {
    SparkConf conf = new SparkConf().setAppName("costlake").setMaster(master);
    engine().forEach(conf::set);
    if (master.startsWith("local")) {
      conf.set("spark.hadoop.fs.file.impl", LocalDisk.class.getName());
    }
    properties.forEach(conf::set);
    conf.set(SUBSTITUTE, "false");
    SparkPorts.settings(master, conf).forEach(conf::set);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** Opens a session of a running Spark for a lake. */
  public static SparkSession session(SparkSession engine, LakeConfig lake) {
    SparkSession session = engine.newSession();
    if (lake.format() == LakeConfig.Format.ICEBERG) {
      catalog(lake).forEach(session.conf()::set);
    }
    SparkSession.setActiveSession(session);
    return session;
  }

  /**
   * Chooses how Spark generates code. With at most {@link #MANY_ROWS} rows, Spark generates no
   * code. With at most {@link #FEW_ROWS} rows, it does not use adaptive execution either, and runs
   * each stage as one task.
   *
   * @param properties Spark properties of the configuration; they override the chosen values
   * @param rows number of rows of all inputs; for telemetry, the estimated number of hourly rows,
   *     not the number of samples
   */
  public static void prepareFor(SparkSession spark, Map<String, String> properties, long rows) {
    boolean few = rows <= FEW_ROWS;
    boolean many = rows > MANY_ROWS;
    Map<String, String> chosen = new LinkedHashMap<>();
    chosen.put(WHOLE_STAGE, Boolean.toString(many));
    chosen.put(FACTORY, many ? "FALLBACK" : "NO_CODEGEN");
    chosen.put(ADAPTIVE, Boolean.toString(!few));
    chosen.put(SHUFFLE_PARTITIONS, few ? "1" : SEVERAL_PARTITIONS);
    chosen.forEach((key, value) -> spark.conf().set(key, properties.getOrDefault(key, value)));
  }

  /** Returns the settings of every session, which do not depend on the lake. */
  private static Map<String, String> engine() {
    Map<String, String> p = new LinkedHashMap<>();
    p.put("spark.ui.enabled", "false");
    p.put("spark.sql.session.timeZone", "UTC");
    // Workers of a cluster may have another time zone and encoding than the driver.
    p.put("spark.executor.extraJavaOptions", "-Duser.timezone=UTC -Dfile.encoding=UTF-8");
    p.put("spark.sql.ansi.enabled", "true");
    p.put("spark.sql.catalogImplementation", "in-memory");
    p.put(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions,io.delta.sql.DeltaSparkSessionExtension");
    p.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    p.put(
        "spark.sql.warehouse.dir",
        Path.of(System.getProperty("java.io.tmpdir"), "costlake-session").toString());
    p.put("spark.local.dir", System.getProperty("java.io.tmpdir"));
    // Spark describes the plan of every job for listeners. The simple form takes least time.
    p.put("spark.sql.ui.explainMode", "simple");
    p.put(SHUFFLE_PARTITIONS, SEVERAL_PARTITIONS);
    p.put("spark.sql.adaptive.coalescePartitions.initialPartitionNum", "4");
    // Whole-stage code of wider stages has methods that Java's second compiler refuses. Without it,
    // Spark splits a projection into small methods.
    p.put("spark.sql.codegen.maxFields", "50");
    // Each projection copies a wide row, so Spark combines the steps of a model into one
    // projection. Spark still
    // computes shared expressions once.
    p.put("spark.sql.optimizer.collapseProjectAlwaysInline", "true");
    // Spark infers conditions from each column that repeats an expression, which takes minutes for
    // models of records with many such columns. Models do not need them: a build reads only the
    // partitions that it needs.
    p.put("spark.sql.constraintPropagation.enabled", "false");
    p.put("spark.sql.parquet.compression.codec", "zstd");
    // Spark fails on a damaged page instead of reading wrong figures.
    p.put("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    p.put("spark.delta.logStore.file.impl", DurableLogStore.class.getName());
    p.put("spark.databricks.delta.snapshotPartitions", "2");
    p.put("spark.databricks.delta.vacuum.parallelDelete.enabled", "false");
    p.put("spark.databricks.delta.schema.autoMerge.enabled", "false");
    p.put("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    // Readers open versions of any age if the journal names them. Maintenance keeps their files.
    p.put(
        "spark.databricks.delta.vacuum.enforceTimeTravelWithinDeletedFileRetentionDuration",
        "false");
    p.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    return p;
  }

  private static Map<String, String> catalog(LakeConfig lake) {
    LakeConfig.Catalog catalog = lake.catalog();
    String prefix = "spark.sql.catalog." + catalog.name();
    Map<String, String> p = new LinkedHashMap<>();
    p.put(prefix, "org.apache.iceberg.spark.SparkCatalog");
    p.put(prefix + ".type", catalog.type().name().toLowerCase(Locale.ROOT));
    p.put(prefix + ".cache-enabled", "false");
    if (catalog.type() == LakeConfig.CatalogType.JDBC) {
      p.put(prefix + ".jdbc.schema-version", "V1");
    }
    if (catalog.isEmbedded()) {
      p.put(prefix + ".uri", embeddedCatalogUri(embeddedCatalog(lake.root())));
    } else if (catalog.uri() != null) {
      p.put(prefix + ".uri", catalog.uri());
    }
    String tables = lake.tables();
    if (tables != null) {
      p.put(prefix + ".warehouse", tables);
      if (tables.startsWith("s3://")) {
        p.put(prefix + ".io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
      } else if (tables.matches("(file:|/).*")) {
        p.put(prefix + ".io-impl", DurableFileIO.class.getName());
      }
    }
    catalog.properties().forEach((key, value) -> p.put(prefix + "." + key, value));
    return p;
  }

  static String embeddedCatalogUri(Path file) {
    return "jdbc:sqlite:" + file + "?busy_timeout=" + BUSY_TIMEOUT_MS;
  }

  static Path embeddedCatalog(String root) {
    return Path.of(root, "catalog.db");
  }
}
