package costlake.convert;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** The FOCUS models as temporary views over registered bronze relations; nothing is stored. */
final class FocusViews {
  private static final String LAYER = "focus";

  private FocusViews() {}

  /** Registers the models of the layer in their order, and the reference lists they read. */
  static void register(SparkSession spark, Config config) {
    Graph graph = Models.embedded().compile();
    List<Model> models =
        graph.order().stream().filter(model -> model.name().namespace().equals(LAYER)).toList();
    Set<RelationName> inputs = new LinkedHashSet<>();
    models.forEach(model -> inputs.addAll(model.inputs()));
    inputs.stream()
        .filter(input -> input.namespace().equals("reference"))
        .forEach(input -> reference(spark, config, input));
    models.forEach(
        model ->
            spark.sql(model.render(Resolver.VIEWS)).createOrReplaceTempView(model.name().view()));
  }

  private static void reference(SparkSession spark, Config config, RelationName name) {
    String file = "reference/" + name.name() + ".csv";
    try (InputStream in = config.open(file)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      spark
          .read()
          .option("header", true)
          .option("escape", "\"")
          .option("mode", "FAILFAST")
          .csv(spark.createDataset(lines, Encoders.STRING()).coalesce(1))
          .createOrReplaceTempView(name.view());
    } catch (IOException e) {
      throw Failure.operator("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
