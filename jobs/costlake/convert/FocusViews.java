package costlake.convert;

import costlake.build.ConfigurationViews;
import costlake.build.ContractCheck;
import costlake.build.Functions;
import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.Resolver;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Registers the FOCUS models as temporary views over bronze relations; no table is stored. */
final class FocusViews {
  private static final String LAYER = "focus";

  private FocusViews() {}

  /**
   * Registers the models of the layer focus in their order, and the reference lists that they read.
   *
   * @return the models
   */
  static Graph register(SparkSession spark, Config config, List<SourceKind> kinds) {
    Functions.register(spark);
    Graph graph = Models.embedded(kinds).compile();
    ConfigurationViews.register(spark, config, graph);
    graph.order().stream()
        .filter(model -> model.name().namespace().equals(LAYER))
        .forEach(
            model ->
                ContractCheck.modelRows(spark, model, Resolver.VIEWS)
                    .createOrReplaceTempView(model.name().view()));
    return graph;
  }
}
