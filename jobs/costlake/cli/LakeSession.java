package costlake.cli;

import static org.apache.spark.sql.functions.col;

import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.build.PublicViews;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.lake.Sessions;
import costlake.lake.TableName;
import costlake.land.Bronze;
import costlake.model.Models;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The Spark session of one command, with the lake that it reads or writes. */
final class LakeSession implements AutoCloseable {
  private static final TableName CHARGES = TableName.parse("focus.cost_and_usage");

  private final Config config;
  private final SparkSession spark;
  private final @Nullable Lake lake;

  private LakeSession(Config config, SparkSession spark, @Nullable Lake lake) {
    this.config = config;
    this.spark = spark;
    this.lake = lake;
  }

  static LakeSession open(Config config) {
    return in(Sessions.open(config), config);
  }

  /** Opens the lake in a Spark session. */
  static LakeSession in(SparkSession spark, Config config) {
    Functions.register(spark);
    return new LakeSession(config, spark, Lake.open(config.lake(), spark));
  }

  /**
   * Opens a session with a lake that exists.
   *
   * @throws costlake.core.Failure with exit code 2 if the lake does not exist yet
   */
  static LakeSession ofLake(Config config) {
    Lake.require(config.lake());
    return open(config);
  }

  /** Opens a session without a lake, for commands that do not use one. */
  static LakeSession withoutLake(Config config) {
    return new LakeSession(config, Sessions.open(config), null);
  }

  SparkSession spark() {
    return spark;
  }

  Lake lake() {
    return Objects.requireNonNull(lake, "lake");
  }

  /**
   * Registers the published tables and the public views that match {@code wanted}, so that queries
   * can name them. Also registers the tables that these views read. Registers no other tables,
   * because each registration takes time.
   */
  LakeSession withTables(Predicate<String> wanted) {
    PublicViews views = new PublicViews(Models.embedded().compile(), wanted);
    lake().registerViews(wanted.or(views::reads));
    views.register(spark, config);
    return this;
  }

  /** Chooses how Spark computes the figures of a month, by the number of its allocated charges. */
  LakeSession preparedFor(BillingPeriod month) {
    long charges =
        spark
            .table("allocation.allocated_charges")
            .where(col("x_BillingMonth").equalTo(Date.valueOf(month.firstDay())))
            .count();
    Sessions.prepareFor(spark, config.spark().properties(), charges);
    return this;
  }

  /** Returns a digest of each input of the models from the configuration, by name. */
  Map<String, String> inputs() {
    return ConfigurationViews.digests(config, Models.embedded().compile());
  }

  /** Lists the tables and views that a query can name, with their schema. */
  List<String> tables() {
    return Stream.concat(lake().tables().stream(), PublicViews.names(Models.embedded().compile()))
        .toList();
  }

  /** Registers the delivered rows of each source as the view {@code bronze__SOURCE}. */
  LakeSession withDeliveredRows() {
    Optional<Publication> publication = lake().publication();
    Bronze.register(
        spark,
        config.withRecorded(publication.map(Publication::facts).orElse(Map.of())),
        publication.map(Publication::deliveries).orElse(List.of()));
    return this;
  }

  /** Registers the values of the delivered rows of all charges as {@link Bronze#NATIVE_COLUMNS}. */
  LakeSession withNativeColumns() {
    if (lake().publication().isPresent()) {
      Bronze.registerNativeColumns(spark, config, lake().read(CHARGES));
    }
    return this;
  }

  @Override
  public void close() {
    spark.stop();
  }
}
