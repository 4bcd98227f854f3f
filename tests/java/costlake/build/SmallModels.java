package costlake.build;

import costlake.config.LakeConfig;
import costlake.lake.Lake;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Models that a test writes for one bill, and an empty lake. */
record SmallModels(Path root, SparkSession spark, Lake lake) {
  /**
   * Creates an empty lake and no models.
   *
   * @param folder folder for the models and the lake
   * @param columns columns of {@code bronze.bill}, each with its type
   */
  static SmallModels below(Path folder, String columns) {
    return below(folder, columns, LakeConfig.Format.ICEBERG);
  }

  static SmallModels below(Path folder, String columns, LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, folder.resolve("lake"));
    SparkSession spark = SparkHarness.session(config);
    SmallModels models = new SmallModels(folder, spark, Lake.open(config, spark));
    models.write(
        "models/inputs.yml",
        "inputs: {bronze.bill: {meaning: a line, columns: {" + columns + "}}}\n");
    return models;
  }

  /** Writes a model with a case that has no rows. */
  void model(String name, String sql, String contract) {
    write("models/" + name + ".sql", sql);
    write("models/" + name + ".yml", contract);
    write("tests/models/" + name + ".yml", "cases: [{name: none, given: {}, expect: []}]\n");
  }

  void write(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Graph graph() {
    return Models.below(root).compile();
  }
}
