package costlake.build;

import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Partitioning;
import costlake.lake.PlannedRows;
import costlake.lake.StageResult;
import costlake.lake.TableSpec;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Builds the changed partitions of all models of a graph and stages them in a night. Models that do
 * not depend on each other are built in parallel.
 */
public final class Build {
  private final SparkSession spark;
  private final Graph graph;
  private final NightStage night;
  private final Changes changes;
  private final BuildPlan plan;
  private final HeldViews heldViews;
  private final Progress progress;
  private final Map<String, Set<LocalDate>> affected = new ConcurrentHashMap<>();
  private final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());

  /** Creates a build of the partitions that the changes affect. */
  public Build(
      SparkSession spark, Graph graph, NightStage night, Changes changes, Progress progress) {
    this.spark = spark;
    this.graph = graph;
    this.night = night;
    this.changes = changes;
    this.plan = new BuildPlan(graph, changes);
    this.heldViews = new HeldViews(spark, graph, night);
    this.progress = progress;
  }

  /** Returns the outcomes so far, in the order in which the builds of the models ended. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /**
   * Builds every stored model that a change affects.
   *
   * @param threads how many models are built at a time
   */
  public void models(int threads) {
    models(threads, any -> true);
  }

  /**
   * Builds the stored models among these that a change affects.
   *
   * @param wanted selects models and everything that they read
   */
  public void models(int threads, Predicate<RelationName> wanted) {
    List<Model> stored =
        graph.order().stream().filter(Model::stored).filter(m -> wanted.test(m.name())).toList();
    progress.begin("Building", stored.size(), "tables");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Map<RelationName, CompletableFuture<Void>> tasks = new HashMap<>();
      for (Model model : stored) {
        CompletableFuture<?>[] upstream =
            storedUpstream(model).stream().map(tasks::get).toArray(CompletableFuture[]::new);
        tasks.put(
            model.name(), CompletableFuture.allOf(upstream).thenRunAsync(() -> build(model), pool));
      }
      join(CompletableFuture.allOf(tasks.values().toArray(CompletableFuture[]::new)));
    } finally {
      pool.shutdown();
      progress.end();
    }
  }

  /** Waits for a task. Returns its result or throws its exception. */
  static <T> T join(CompletableFuture<T> task) {
    try {
      return task.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Set<RelationName> storedUpstream(Model model) {
    Set<RelationName> upstream = new TreeSet<>();
    for (RelationName name : model.models()) {
      if (graph.model(name).stored()) {
        upstream.add(name);
      } else {
        upstream.addAll(storedUpstream(graph.model(name)));
      }
    }
    return upstream;
  }

  private void build(Model model) {
    Instant start = Instant.now();
    try {
      Partitions partitions = plan.toBuild(model, this::affected);
      if (partitions.isNone() && night.exists(PartitionViews.table(model.name()))) {
        return;
      }
      StageResult result = stage(model, partitions);
      plan.built(model, differing(model, result));
      outcomes.add(outcome(model, result, start));
    } catch (RuntimeException e) {
      outcomes.add(failed(model, start, e));
      throw e instanceof Failure
          ? e
          : Failure.internal(e, "Cannot build %s: %s", model.name(), e.getMessage());
    } finally {
      progress.advance(1);
    }
  }

  private StageResult stage(Model model, Partitions partitions) {
    TableSpec spec = spec(model);
    Dataset<Row> computed = refusingNulls(model, query(model, partitions));
    Dataset<Row> rows = withCarried(model, partitions, computed);
    return partitions.days().isPresent() && spec.partitioning().by() != Partitioning.By.WHOLE
        ? night.stage(
            spec,
            PartitionViews.cut(rows, spec.partitioning().column(), partitions),
            partitions.days().get())
        : night.stageAll(spec, rows);
  }

  /**
   * Returns the computed rows of the sources that changed and the published rows of the sources
   * that are carried.
   */
  private Dataset<Row> withCarried(Model model, Partitions partitions, Dataset<Row> computed) {
    String column = model.contract().carries();
    if (column == null || changes.carried().isEmpty()) {
      return computed;
    }
    Column isCarried =
        functions.coalesce(
            functions.col(column).isin(changes.carried().toArray()), functions.lit(false));
    Dataset<Row> published =
        night
            .published(PartitionViews.table(model.name()))
            .orElseThrow()
            .filter(isCarried)
            .select(columns(model));
    return computed
        .filter(functions.not(isCarried))
        .unionByName(
            PartitionViews.cut(published, model.contract().partition().column(), partitions));
  }

  private static Column[] columns(Model model) {
    return model.contract().columnNames().stream().map(functions::col).toArray(Column[]::new);
  }

  private Dataset<Row> query(Model model, Partitions partitions) {
    Partitions besides = neededBesides(model, partitions);
    try (PartitionViews views =
        new PartitionViews(
            spark,
            graph,
            model.name().view(),
            PartitionViews.night(spark, graph, night),
            relation ->
                plan.needed(model, partitions, relation)
                    .and(
                        model.neededFrom().equals(Optional.of(relation))
                            ? besides
                            : Partitions.NONE),
            heldViews)) {
      return views.rows(model);
    }
  }

  /**
   * Returns the upstream days that these partitions need in addition to the window of {@code
   * reads}. The query {@code needed} of the contract returns these days.
   */
  private Partitions neededBesides(Model model, Partitions partitions) {
    if (model.needed() == null || partitions.days().isEmpty() || partitions.isNone()) {
      return Partitions.NONE;
    }
    try (PartitionViews all =
        views(model, "__needed", PartitionViews.night(spark, graph, night), Partitions.ALL)) {
      return Partitions.of(days(ContractCheck.needed(spark, model, all, partitions.days().get())));
    }
  }

  /**
   * Returns a query with the same rows that fails if a required map, array or struct is null. A
   * separate audit would have to read all parts of each value again.
   */
  private static Dataset<Row> refusingNulls(Model model, Dataset<Row> rows) {
    Map<String, Column> checked = new TreeMap<>();
    for (Contract.Column column : model.contract().columns()) {
      if (!column.nullable() && column.isNested()) {
        checked.put(
            column.name(),
            functions.coalesce(
                rows.col(column.name()),
                functions.raise_error(
                    functions.lit(
                        "column '%s' is null, but the contract does not allow null (%s)"
                            .formatted(column.name(), column.origin())))));
      }
    }
    return checked.isEmpty() ? rows : rows.withColumns(checked);
  }

  private static Partitions differing(Model model, StageResult result) {
    if (result.changed().isEmpty()) {
      return Partitions.NONE;
    }
    return model.contract().partition().by() == Contract.By.WHOLE
        ? Partitions.ALL
        : Partitions.of(result.changed());
  }

  /** Several contracts have the same query, which runs only once. */
  private Set<LocalDate> affected(Model model, Set<LocalDate> days) {
    return affected.computeIfAbsent(
        model.renderAffected(Resolver.VIEWS, days), query -> queriedAffected(model, days));
  }

  private Set<LocalDate> queriedAffected(Model model, Set<LocalDate> days) {
    try (PartitionViews now =
            views(model, "__now", PartitionViews.night(spark, graph, night), Partitions.of(days));
        PartitionViews before = views(model, "__before", this::published, Partitions.of(days))) {
      return days(
          ContractCheck.affected(spark, model, now, days)
              .union(ContractCheck.affected(spark, model, before, days)));
    }
  }

  private static Set<LocalDate> days(Dataset<Row> rows) {
    Set<LocalDate> days = new TreeSet<>();
    PlannedRows.distinct(rows).forEach(row -> days.add(row.getDate(0).toLocalDate()));
    return days;
  }

  private PartitionViews views(
      Model model,
      String suffix,
      BiFunction<RelationName, Partitions, Dataset<Row>> tables,
      Partitions needed) {
    return new PartitionViews(
        spark, graph, model.name().view() + suffix, tables, relation -> needed);
  }

  /**
   * Returns partitions of a table as published or, if the table is new, as this night built them.
   */
  private Dataset<Row> published(RelationName name, Partitions partitions) {
    return night
        .published(PartitionViews.table(name))
        .map(
            rows ->
                PartitionViews.cut(
                    rows, graph.model(name).contract().partition().column(), partitions))
        .orElseGet(() -> PartitionViews.night(spark, graph, night).apply(name, partitions));
  }

  private Outcome outcome(Model model, StageResult result, Instant start) {
    Outcome.Status status =
        result.changed().isEmpty() ? Outcome.Status.UNCHANGED : Outcome.Status.DONE;
    String detail =
        model.contract().partition().by() == Contract.By.WHOLE
            ? "whole"
            : "changed: %s; unchanged: %s"
                .formatted(Partitions.of(result.changed()), Partitions.of(result.unchanged()));
    return Outcome.since(
        start, "build", model.name().toString(), status, result.rows(), money(model), detail);
  }

  private static Outcome failed(Model model, Instant start, RuntimeException e) {
    return Outcome.since(
        start, "build", model.name().toString(), Outcome.Status.FAILED, null, null, e.getMessage());
  }

  private @Nullable String money(Model model) {
    if (!model.contract().columnNames().containsAll(List.of("BilledCost", "BillingCurrency"))) {
      return null;
    }
    return night
        .read(PartitionViews.table(model.name()))
        .groupBy("BillingCurrency")
        .agg(functions.sum("BilledCost"))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0) + " " + row.getDecimal(1).stripTrailingZeros().toPlainString())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  /** Returns the specification of the table of a model. */
  public static TableSpec spec(Model model) {
    StructType columns = new StructType();
    Map<String, String> comments = new HashMap<>();
    for (Contract.Column column : model.contract().columns()) {
      columns = columns.add(column.name(), DataType.fromDDL(column.type()), true);
      comments.put(
          column.name(),
          column.meaning() + (column.unit() == null ? "" : " [" + column.unit() + "]"));
    }
    Contract.Partition partition = model.contract().partition();
    return new TableSpec(
        PartitionViews.table(model.name()),
        columns,
        new Partitioning(Partitioning.By.valueOf(partition.by().name()), partition.column()),
        comments,
        model.contract().columns().stream()
            .filter(column -> !column.repeats())
            .map(Contract.Column::name)
            .collect(Collectors.toSet()));
  }

  /** Returns the partitions of a built table that differ; empty if all can differ. */
  public Optional<Set<LocalDate>> differing(RelationName table) {
    return plan.changed(table).days();
  }

  BuildPlan plan() {
    return plan;
  }
}
