package costlake.cli;

import costlake.build.Functions;
import costlake.build.PublicViews;
import costlake.config.Config;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.model.Models;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The engine and the lake of one command. */
final class Engine implements AutoCloseable {
  private final Config config;
  private final SparkSession spark;
  private final @Nullable Lake lake;

  private Engine(Config config, SparkSession spark, @Nullable Lake lake) {
    this.config = config;
    this.spark = spark;
    this.lake = lake;
  }

  static Engine open(Config config) {
    SparkSession spark = Sessions.open(config);
    Functions.register(spark);
    return new Engine(config, spark, Lake.open(config.lake(), spark));
  }

  /**
   * The engine for a lake that must be there.
   *
   * @throws costlake.core.Failure with exit code 2 if no run has begun it
   */
  static Engine ofLake(Config config) {
    Lake.require(config.lake());
    return open(config);
  }

  /** The engine alone, for commands that leave no lake behind. */
  static Engine withoutLake(Config config) {
    return new Engine(config, Sessions.open(config), null);
  }

  SparkSession spark() {
    return spark;
  }

  Lake lake() {
    return Objects.requireNonNull(lake, "lake");
  }

  /** Makes those published tables askable by their names that are wanted; each takes a moment. */
  Engine withTables(Predicate<String> wanted) {
    PublicViews views = new PublicViews(Models.embedded().compile(), wanted);
    lake().registerViews(wanted.or(views::reads));
    views.register(spark);
    return this;
  }

  /** Every table and view that a query may name, with its schema. */
  List<String> tables() {
    return Stream.concat(lake().tables().stream(), PublicViews.names(Models.embedded().compile()))
        .toList();
  }

  /** Makes delivered rows askable, as {@code bronze__SOURCE}. */
  Engine withDeliveredRows() {
    Bronze.register(
        spark, config, lake().publication().map(Publication::deliveries).orElse(List.of()));
    return this;
  }

  @Override
  public void close() {
    spark.stop();
  }
}
