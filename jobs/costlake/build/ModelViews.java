package costlake.build;

import costlake.model.Graph;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;
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
   * @param stored what is done with the rows of a model that a night would store, e.g. to compute
   *     them once
   */
  public static void register(
      SparkSession spark,
      Graph graph,
      Collection<RelationName> wanted,
      Set<RelationName> given,
      UnaryOperator<Dataset<Row>> stored) {
    Set<RelationName> needed = graph.withUpstream(wanted, given);
    graph.order().stream()
        .filter(model -> needed.contains(model.name()))
        .forEach(
            model -> {
              Dataset<Row> rows = ContractCheck.modelRows(spark, model, Resolver.VIEWS);
              (model.stored() ? stored.apply(rows) : rows)
                  .createOrReplaceTempView(model.name().view());
            });
  }
}
