package costlake.build;

import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Runs models one after the other on given rows. A relation without given rows is empty, a list has
 * the rows of the program.
 */
public final class ModelChain {
  private final SparkSession spark;
  private final Graph graph = Models.embedded().compile();
  private final Set<RelationName> bound = new HashSet<>();

  /** Creates a chain without given rows. */
  public ModelChain(SparkSession spark) {
    this.spark = spark;
    Functions.register(spark);
  }

  /** Gives the rows of a relation as texts; a text of an array or map is YAML. */
  public void give(String relation, List<? extends Map<String, @Nullable Object>> rows) {
    RelationName name = RelationName.parse(relation);
    Map<String, String> types = graph.columns(name);
    List<Map<String, @Nullable Object>> values =
        rows.stream().map(row -> values(row, types)).toList();
    TypedRows.of(spark, TypedRows.schema(types), values, relation)
        .localCheckpoint()
        .createOrReplaceTempView(name.view());
    bound.add(name);
  }

  private static Map<String, @Nullable Object> values(
      Map<String, @Nullable Object> row, Map<String, String> types) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(row);
    values.replaceAll(
        (column, value) ->
            value instanceof String text && types.getOrDefault(column, "").matches("(array|map)<.*")
                ? new Yaml(new SafeConstructor(new LoaderOptions())).load(text)
                : value);
    return values;
  }

  /** Returns the rows of a relation; runs the models that it needs and that are not given. */
  public Dataset<Row> rows(String relation) {
    need(RelationName.parse(relation));
    return spark.table(RelationName.parse(relation).view());
  }

  /** Runs a model of any layer on rows that are given, or are rows of economics. */
  void build(RelationName name) {
    Model model = graph.model(name);
    model.inputs().forEach(this::need);
    model.models().forEach(this::need);
    spark.sql(model.render(Resolver.VIEWS)).localCheckpoint().createOrReplaceTempView(name.view());
    bound.add(name);
  }

  private void need(RelationName name) {
    if (bound.contains(name)) {
      return;
    }
    if (name.namespace().equals("economics")) {
      build(name);
    } else {
      give(name.toString(), CaseRunner.ofProgram(name, graph.columns(name).keySet()));
    }
  }

  /** Returns the rows that an audit finds. */
  List<Row> audit(String name) {
    return graph.audits().stream()
        .filter(audit -> audit.name().equals(name))
        .map(audit -> spark.sql(audit.render(Resolver.VIEWS)).collectAsList())
        .findFirst()
        .orElseThrow();
  }
}
