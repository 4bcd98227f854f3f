package costlake.build;

import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.model.Audit;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Checks the staged tables of a night before they are published: keys and required values of
 * contracts, audits of contracts, and audits in {@code models/audits}. Only rows that changed are
 * checked.
 */
public final class Audits {
  private static final int SHOWN = 3;

  /** Fewer rows of an answer are counted as they are read; more are counted by a second query. */
  private static final int COUNTED = 1000;

  private final SparkSession spark;
  private final Graph graph;
  private final NightStage night;
  private final BuildPlan plan;
  private final BiFunction<RelationName, Partitions, Dataset<Row>> tables;
  private final Column delivered;
  private final boolean billsTaken;
  private final ContractAudits contracts;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * Audits of a build.
   *
   * @param delivered condition for the charges of the bills taken in this night, over the columns
   *     of {@code focus.cost_and_usage}
   * @param billsTaken whether there are any; audits against bronze do not run otherwise
   */
  public Audits(
      SparkSession spark,
      Graph graph,
      NightStage night,
      Build build,
      Column delivered,
      boolean billsTaken) {
    this.spark = spark;
    this.graph = graph;
    this.night = night;
    this.plan = build.plan();
    this.tables = PartitionViews.night(spark, graph, night);
    this.delivered = delivered;
    this.billsTaken = billsTaken;
    this.contracts = new ContractAudits(spark, night, plan, tables);
  }

  /** The audits that ran, with their outcomes. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /**
   * Runs all audits.
   *
   * @param threads how many audits run at a time
   * @throws Failure with exit code 3 that names each failed audit with its count and a few rows
   */
  public void run(int threads, Progress progress) {
    List<Supplier<List<Outcome>>> questions = questions();
    progress.begin("Auditing", questions.size(), "audits");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<CompletableFuture<List<Outcome>>> answers =
          questions.stream()
              .map(q -> CompletableFuture.supplyAsync(() -> counted(q, progress), pool))
              .toList();
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .exceptionally(e -> null)
          .join();
      answers.forEach(answer -> outcomes.addAll(Build.join(answer)));
    } finally {
      pool.shutdown();
      progress.end();
    }
    refuse(outcomes.stream().filter(o -> o.status() == Outcome.Status.FAILED).toList());
  }

  /**
   * One audit to run.
   *
   * @param place of the last model that it reads, in the order of the graph; -1 when it reads none
   */
  private record Question(int place, Supplier<List<Outcome>> ask) {}

  /** Ordered as the graph, so that the audits of a table run while its files are cached. */
  private List<Supplier<List<Outcome>>> questions() {
    List<RelationName> order = graph.order().stream().map(Model::name).toList();
    Stream<Question> kept =
        graph.order().stream()
            .filter(Model::stored)
            .filter(m -> !plan.changed(m.name()).isNone())
            .map(m -> new Question(order.indexOf(m.name()), () -> contracts.of(m)));
    Stream<Question> audits =
        graph.audits().stream()
            .filter(this::concerned)
            .map(
                audit ->
                    new Question(
                        audit.reads().stream().mapToInt(order::indexOf).max().orElse(-1),
                        () -> List.of(ask(audit))));
    return Stream.concat(kept, audits)
        .sorted(Comparator.comparingInt(Question::place))
        .map(Question::ask)
        .toList();
  }

  private static List<Outcome> counted(Supplier<List<Outcome>> question, Progress progress) {
    List<Outcome> answer = question.get();
    progress.advance(1);
    return answer;
  }

  private static void refuse(List<Outcome> failed) {
    if (!failed.isEmpty()) {
      throw Failure.data(
          "The night was not published; the last publication stays in force. %s%s",
          failed.size() == 1 ? "An audit failed" : failed.size() + " audits failed",
          failed.stream()
              .map(audit -> audit.subject() + ": " + audit.detail())
              .collect(Collectors.joining("\n  ", ":\n  ", "")));
    }
  }

  private boolean concerned(Audit audit) {
    if (readsBills(audit)) {
      return billsTaken;
    }
    Set<RelationName> read = graph.storedBehind(audit.reads());
    audit.reads().stream().filter(name -> !graph.isModel(name)).forEach(read::add);
    return read.stream().anyMatch(name -> !plan.changed(name).isNone());
  }

  private static boolean readsBills(Audit audit) {
    return audit.reads().stream()
        .anyMatch(r -> r.namespace().equals("bronze") && !r.name().startsWith("k8s"));
  }

  private Outcome ask(Audit audit) {
    Dataset<Row> wrong =
        readsBills(audit)
            ? wrong(
                spark, graph, audit, name -> onlyNewDeliveries(tables.apply(name, Partitions.ALL)))
            : ofWhatChanged(audit);
    return answer(audit.name(), audit.level(), audit.next(), wrong);
  }

  private Dataset<Row> onlyNewDeliveries(Dataset<Row> rows) {
    Set<String> columns = Set.of(rows.columns());
    return columns.contains("x_SourceId") && columns.contains("x_DeliveryId")
        ? rows.filter(delivered)
        : rows;
  }

  private Dataset<Row> ofWhatChanged(Audit audit) {
    AuditScope scope = AuditScope.of(graph, audit);
    Partitions compared = scope.compared(graph, plan::changed, this::versions);
    return wrong(
        spark,
        graph,
        audit,
        scope,
        compared,
        name -> tables.apply(name, scope.partitions(graph, name, compared)));
  }

  /** The wrong rows that an audit returns for these days or months. */
  static Dataset<Row> wrong(
      SparkSession spark,
      Graph graph,
      Audit audit,
      AuditScope scope,
      Partitions compared,
      Function<RelationName, Dataset<Row>> tables) {
    return wrong(spark, graph, audit, name -> scope.cut(name, tables.apply(name), compared));
  }

  private static Dataset<Row> wrong(
      SparkSession spark, Graph graph, Audit audit, Function<RelationName, Dataset<Row>> rows) {
    try (PartitionViews views =
        new PartitionViews(
            spark,
            graph,
            "audit__" + audit.name(),
            (name, all) -> rows.apply(name),
            relation -> Partitions.ALL)) {
      return ContractCheck.auditRows(spark, audit, views);
    }
  }

  private List<Dataset<Row>> versions(RelationName name) {
    return Stream.concat(
            Stream.of(tables.apply(name, Partitions.ALL)),
            night.published(PartitionViews.table(name)).stream())
        .toList();
  }

  /**
   * The outcome of an audit from its answer, whose rows are wrong.
   *
   * @param next what to do about it, or null
   */
  static Outcome answer(String name, Audit.Level level, @Nullable String next, Dataset<Row> wrong) {
    Instant start = Instant.now();
    List<Row> rows = wrong.limit(COUNTED).collectAsList();
    long count = rows.size() < COUNTED ? rows.size() : wrong.count();
    String detail =
        count == 0
            ? ""
            : count
                + " rows, e.g. "
                + rows.subList(0, Math.min(SHOWN, rows.size()))
                + (next == null ? "" : ". " + next);
    Outcome.Status status =
        count == 0
            ? Outcome.Status.DONE
            : level == Audit.Level.ERROR ? Outcome.Status.FAILED : Outcome.Status.WARNED;
    return outcome(name, status, count, detail, start);
  }

  static Outcome outcome(
      String name, Outcome.Status status, long rows, String detail, Instant start) {
    return Outcome.since(start, "audit", name, status, rows, null, detail);
  }
}
