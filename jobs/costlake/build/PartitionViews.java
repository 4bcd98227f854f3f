package costlake.build;

import costlake.lake.NightStage;
import costlake.lake.TableName;
import costlake.model.Graph;
import costlake.model.Input;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.command.ViewHelper;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Registers the relations that a query reads as views of the session, each filtered to the
 * partitions that the query needs. {@link #close} drops the views; queries that Spark has already
 * analysed still run.
 */
final class PartitionViews implements Resolver, AutoCloseable {
  private static final String SEPARATOR = "__";

  private final SparkSession spark;
  private final Graph graph;
  private final String prefix;
  private final BiFunction<RelationName, Partitions, Dataset<Row>> tables;
  private final Function<RelationName, Partitions> needed;
  private final @Nullable HeldViews views;
  private final Map<RelationName, String> bound = new TreeMap<>();

  /**
   * @param prefix distinguishes the views of this query from the views of other queries
   * @param tables returns the rows of some partitions of a stored model
   * @param needed returns the partitions of a relation that the query needs
   */
  PartitionViews(
      SparkSession spark,
      Graph graph,
      String prefix,
      BiFunction<RelationName, Partitions, Dataset<Row>> tables,
      Function<RelationName, Partitions> needed) {
    this(spark, graph, prefix, tables, needed, null);
  }

  /**
   * @param views keeps the rows of small views in memory; null if {@code tables} does not read the
   *     tables of the night
   */
  PartitionViews(
      SparkSession spark,
      Graph graph,
      String prefix,
      BiFunction<RelationName, Partitions, Dataset<Row>> tables,
      Function<RelationName, Partitions> needed,
      @Nullable HeldViews views) {
    this.spark = spark;
    this.graph = graph;
    this.prefix = prefix;
    this.tables = tables;
    this.needed = needed;
    this.views = views;
  }

  /**
   * Returns a function that reads partitions of a stored model as the night would publish them. If
   * the model has no table, the function returns no rows.
   */
  static BiFunction<RelationName, Partitions, Dataset<Row>> night(
      SparkSession spark, Graph graph, NightStage night) {
    return (name, partitions) ->
        night.exists(table(name))
            ? read(night, graph.model(name), partitions)
            : spark.createDataFrame(java.util.List.of(), TypedRows.schema(graph.columns(name)));
  }

  private static Dataset<Row> read(NightStage night, Model model, Partitions partitions) {
    TableName table = table(model.name());
    String column = model.contract().partition().column();
    return column == null || partitions.days().isEmpty()
        ? night.read(table)
        : night.read(table, column, partitions.days().get());
  }

  static TableName table(RelationName name) {
    return new TableName(name.namespace(), name.name());
  }

  @Override
  public String name(RelationName relation) {
    String known = bound.get(relation);
    if (known == null) {
      known = bind(relation);
      bound.put(relation, known);
    }
    return known;
  }

  private String bind(RelationName relation) {
    if (!graph.isModel(relation)) {
      return input(graph.input(relation));
    }
    Model model = graph.model(relation);
    String view = prefix + SEPARATOR + relation.view();
    register(view, model.stored() ? tables.apply(relation, needed.apply(relation)) : view(model));
    return view;
  }

  private Dataset<Row> view(Model model) {
    return views == null ? rows(model) : views.rows(model, needed, () -> rows(model));
  }

  /** Returns the rows of a model. */
  Dataset<Row> rows(Model model) {
    return views == null
        ? ContractCheck.modelRows(spark, model, this)
        : ContractCheck.modelRows(spark, model, this, plan -> views.narrowed(model, plan));
  }

  private String input(Input input) {
    Partitions days = needed.apply(input.name());
    if (input.day() == null || days.days().isEmpty()) {
      return input.name().view();
    }
    String view = prefix + SEPARATOR + input.name().view();
    register(view, cut(spark.table(input.name().view()), input.day(), days));
    return view;
  }

  /**
   * Registers a view as {@link Dataset#createOrReplaceTempView} does, without the command that
   * Spark executes for it: a night registers several hundred views.
   */
  private void register(String view, Dataset<Row> rows) {
    SessionCatalog catalog = catalog();
    LogicalPlan plan = rows.queryExecution().analyzed();
    catalog.createTempView(
        view,
        ViewHelper.createTemporaryViewRelation(
            new TableIdentifier(view),
            spark,
            true,
            catalog::getRawTempView,
            Option.empty(),
            plan,
            plan,
            CollectionConverters.asScala(List.<String>of()).toSeq(),
            Option.empty()),
        true);
  }

  private SessionCatalog catalog() {
    return ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().catalog();
  }

  /** Drops the views. The catalog of Spark's users would also drop cached rows that they read. */
  @Override
  public void close() {
    bound.values().stream()
        .filter(view -> view.startsWith(prefix + SEPARATOR))
        .forEach(view -> catalog().dropTempView(view));
    bound.clear();
  }

  static Dataset<Row> cut(Dataset<Row> rows, @Nullable String column, Partitions partitions) {
    if (column == null || partitions.days().isEmpty()) {
      return rows;
    }
    return rows.filter(isIn(functions.col(column), partitions.ranges()));
  }

  /** Returns the condition with one comparison for each range, and one list of single days. */
  private static Column isIn(Column day, List<Partitions.Range> ranges) {
    Object[] single =
        ranges.stream()
            .filter(PartitionViews::isOneDay)
            .map(range -> Date.valueOf(range.first()))
            .toArray();
    return ranges.stream()
        .filter(range -> !isOneDay(range))
        .map(range -> day.geq(Date.valueOf(range.first())).and(day.lt(Date.valueOf(range.end()))))
        .reduce(day.isin(single), Column::or);
  }

  private static boolean isOneDay(Partitions.Range range) {
    return range.first().plusDays(1).equals(range.end());
  }
}
