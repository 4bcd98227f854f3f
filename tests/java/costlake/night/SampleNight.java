package costlake.night;

import costlake.build.PublicViews;
import costlake.config.Config;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.model.Models;
import costlake.sample.SampleData;
import costlake.sample.SampleSettings;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** A night on the sample data, with views of its tables and of the expected figures. */
record SampleNight(SparkSession spark, Config config) {

  /**
   * Writes the sample data, and runs its night.
   *
   * @param truths files of expected figures, which become the views {@code truth_NAME}
   */
  static SampleNight run(SampleSettings settings, Path sample, List<String> truths)
      throws IOException {
    SampleData.generate(settings, sample, Progress.SILENT);
    Config config = Config.load(compiled(sample.resolve("conf")), "compiled", Map.of());
    SparkSession spark = Sessions.session(SparkHarness.spark(), config.lake());
    NightRun.run(spark, config, "night", Set.of(), Progress.SILENT);
    Lake lake = Lake.open(config.lake(), spark);
    lake.registerViews(table -> true);
    new PublicViews(Models.embedded().compile(), view -> true).register(spark, config);
    Bronze.register(spark, config, lake.publication().orElseThrow().deliveries());
    for (String truth : truths) {
      spark
          .read()
          .option("header", true)
          .csv(sample.resolve("truth/" + truth + ".csv").toString())
          .createOrReplaceTempView("truth_" + truth);
    }
    return new SampleNight(spark, config);
  }

  /**
   * Adds settings with which Spark compiles plans, as it does for large bills. In all other tests,
   * Spark interprets plans.
   */
  private static Path compiled(Path conf) throws IOException {
    Files.createDirectories(conf.resolve("env"));
    Files.writeString(
        conf.resolve("env/compiled.yml"),
        """
        spark:
          properties:
            spark.sql.codegen.wholeStage: 'true'
            spark.sql.codegen.factoryMode: FALLBACK
        """);
    return conf;
  }

  static void dropViews(SparkSession spark) {
    spark.catalog().listDatabases().collectAsList().stream()
        .map(database -> database.name())
        .filter(name -> !name.equals("default"))
        .forEach(name -> spark.sql("drop database spark_catalog." + name + " cascade"));
  }
}
