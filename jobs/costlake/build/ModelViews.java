package costlake.build;

import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.util.Collection;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Registers models as temporary views over the inputs of a session; no table is written. */
public final class ModelViews {
  private ModelViews() {}

  /**
   * Registers models and all models that they read.
   *
   * @param given models whose rows are registered already
   * @param rows returns the rows of a model for the models that read it, e.g. computed once; gets
   *     the query of the model
   */
  public static void register(
      SparkSession spark,
      Graph graph,
      Collection<RelationName> wanted,
      Set<RelationName> given,
      BiFunction<Model, Dataset<Row>, Dataset<Row>> rows) {
    Set<RelationName> needed = graph.withUpstream(wanted, given);
    graph.order().stream()
        .filter(model -> needed.contains(model.name()))
        .forEach(
            model ->
                rows.apply(model, ContractCheck.modelRows(spark, model, Resolver.VIEWS))
                    .createOrReplaceTempView(model.name().view()));
  }
}
