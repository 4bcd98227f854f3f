package costlake.build;

import costlake.audit.WrittenAudit;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.Failure;
import costlake.core.Plural;
import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.PlannedRows;
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

  /**
   * Largest number of wrong rows that are read. If there are this many, a second query counts all
   * wrong rows.
   */
  private static final int COUNTED = 1000;

  private final SparkSession spark;
  private final Graph graph;
  private final NightStage night;
  private final BuildPlan plan;
  private final BiFunction<RelationName, Partitions, Dataset<Row>> tables;
  private final Column delivered;
  private final boolean auditsBills;
  private final ContractAudits contracts;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * Creates the audits of a build.
   *
   * @param delivered condition for the charges of the bills in bronze, over the columns of {@code
   *     focus.cost_and_usage}
   * @param auditsBills whether bronze has bills to audit; otherwise audits that read bills do not
   *     run
   */
  public Audits(
      SparkSession spark,
      Graph graph,
      NightStage night,
      Build build,
      Column delivered,
      boolean auditsBills) {
    this.spark = spark;
    this.graph = graph;
    this.night = night;
    this.plan = build.plan();
    this.tables = PartitionViews.night(spark, graph, night);
    this.delivered = delivered;
    this.auditsBills = auditsBills;
    this.contracts = new ContractAudits(spark, night, plan, tables);
  }

  /** Returns the outcomes of the audits that ran. */
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
    List<Supplier<List<Outcome>>> audits = auditsInOrder();
    progress.begin("Auditing", audits.size(), "audits");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<CompletableFuture<List<Outcome>>> running =
          audits.stream()
              .map(audit -> CompletableFuture.supplyAsync(() -> counted(audit, progress), pool))
              .toList();
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
          .exceptionally(e -> null)
          .join();
      running.forEach(audit -> outcomes.addAll(Build.join(audit)));
    } finally {
      pool.shutdown();
      progress.end();
    }
    refuse(outcomes.stream().filter(o -> o.status() == Outcome.Status.FAILED).toList());
  }

  /**
   * An audit, or the audits of one contract, to run.
   *
   * @param place position of the last model that the audit reads, in the order of the graph; -1 if
   *     the audit reads no model
   */
  private record PlacedAudit(int place, Supplier<List<Outcome>> run) {}

  /**
   * Returns the audits in the order of the graph, so that the audits of a table run while its files
   * are cached.
   */
  private List<Supplier<List<Outcome>>> auditsInOrder() {
    List<RelationName> order = graph.order().stream().map(Model::name).toList();
    Stream<PlacedAudit> kept =
        graph.order().stream()
            .filter(Model::stored)
            .filter(m -> !plan.audited(m.name()).isNone())
            .map(m -> new PlacedAudit(order.indexOf(m.name()), () -> contracts.of(m)));
    Stream<PlacedAudit> audits =
        graph.audits().stream()
            .filter(this::isAffected)
            .map(
                audit ->
                    new PlacedAudit(
                        audit.reads().stream().mapToInt(order::indexOf).max().orElse(-1),
                        () -> List.of(runOne(audit))));
    return Stream.concat(kept, audits)
        .sorted(Comparator.comparingInt(PlacedAudit::place))
        .map(PlacedAudit::run)
        .toList();
  }

  private static List<Outcome> counted(Supplier<List<Outcome>> audit, Progress progress) {
    List<Outcome> found = audit.get();
    progress.advance(1);
    return found;
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

  private boolean isAffected(Audit audit) {
    if (readsBills(audit)) {
      return auditsBills;
    }
    Set<RelationName> read = graph.storedBehind(audit.reads());
    audit.reads().stream().filter(name -> !graph.isModel(name)).forEach(read::add);
    graph.inputsBehind(audit.reads()).stream().filter(Audits::isOfRecords).forEach(read::add);
    return read.stream().anyMatch(name -> !plan.changed(name).isNone());
  }

  private static boolean isOfRecords(RelationName name) {
    return name.namespace().equals("bronze")
        && SourceKinds.of(SourceKind.Family.RECORDS)
            .flatMap(kind -> kind.relations().stream())
            .anyMatch(relation -> relation.name().equals(name.name()));
  }

  /** Whether an audit reads delivered bills, directly or through views. */
  private boolean readsBills(Audit audit) {
    return graph.inputsBehind(audit.reads()).stream()
        .anyMatch(
            name -> name.namespace().equals("bronze") && !isMeasured(name) && !isOfRecords(name));
  }

  /** Whether the rows of an input come from samples, which have a day. */
  private boolean isMeasured(RelationName name) {
    return graph.input(name).day() != null;
  }

  private Outcome runOne(Audit audit) {
    Dataset<Row> wrong =
        readsBills(audit)
            ? wrong(
                spark, graph, audit, name -> onlyNewDeliveries(tables.apply(name, Partitions.ALL)))
            : wrongWhereChanged(audit);
    return outcome(audit.name(), audit.level(), audit.next(), wrong);
  }

  private Dataset<Row> onlyNewDeliveries(Dataset<Row> rows) {
    Set<String> columns = Set.of(rows.columns());
    return columns.contains("x_SourceId") && columns.contains("x_DeliveryId")
        ? rows.filter(delivered)
        : rows;
  }

  private Dataset<Row> wrongWhereChanged(Audit audit) {
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

  /** Returns the wrong rows that an audit finds in these days or months. */
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
   * Returns the outcome of an audit.
   *
   * @param next what a person should do about wrong rows, or null
   */
  static Outcome outcome(
      String name, WrittenAudit.Level level, @Nullable String next, Dataset<Row> wrong) {
    Instant start = Instant.now();
    List<Row> rows = PlannedRows.collect(wrong.limit(COUNTED));
    long count = rows.size() < COUNTED ? rows.size() : wrong.count();
    String detail =
        count == 0
            ? ""
            : Plural.of(count, "row", "rows")
                + ", e.g. "
                + WrongRows.shown(rows.subList(0, Math.min(SHOWN, rows.size())))
                + (next == null ? "" : ". " + next);
    Outcome.Status status =
        count == 0
            ? Outcome.Status.DONE
            : level == WrittenAudit.Level.ERROR ? Outcome.Status.FAILED : Outcome.Status.WARNED;
    return outcome(name, status, count, detail, start);
  }

  static Outcome outcome(
      String name, Outcome.Status status, long rows, String detail, Instant start) {
    return Outcome.since(start, "audit", name, status, rows, null, detail);
  }
}
