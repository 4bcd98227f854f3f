package costlake.night;

import costlake.build.ConfigurationViews;
import costlake.build.ContractCheck;
import costlake.build.Functions;
import costlake.build.ModelViews;
import costlake.build.WrongRows;
import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.lake.HeldTables;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.model.Audit;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.telemetry.Telemetry;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Runs audits on what is delivered, before a night: which records meet no bill, and why. Computes
 * the models that they read for the newest month that has bills and records.
 */
public final class DeliveredAudits {
  private static final int SHOWN = 3;

  /** Columns with the time of a record. An audit that has one of them compares the month only. */
  private static final List<String> TIMES = List.of("usage_date", "started_at");

  /**
   * What an audit found.
   *
   * @param meaning what its rows are, and what to do
   * @param shown the first rows, as text
   */
  public record Finding(
      String audit, BillingPeriod month, String meaning, long rows, List<String> shown) {
    public Finding {
      shown = List.copyOf(shown);
    }
  }

  private final SparkSession spark;
  private final Config config;
  private final BillingPeriod month;
  private final HeldTables held;

  private DeliveredAudits(SparkSession spark, Config config, BillingPeriod month) {
    this.spark = spark;
    this.config = config;
    this.month = month;
    this.held = new HeldTables(spark);
  }

  /**
   * Runs the audits that are marked {@code before_night}. Returns nothing if no month has both
   * bills and records.
   *
   * @param deliveries what the next night would read
   */
  public static List<Finding> of(SparkSession spark, Config config, List<Delivery> deliveries) {
    Set<BillingPeriod> months = months(deliveries, SourceKind::isBill);
    months.retainAll(months(deliveries, kind -> !kind.isBill() && !kind.isTable()));
    return months.stream()
        .max(BillingPeriod::compareTo)
        .map(month -> new DeliveredAudits(spark, config, month).findings(deliveries))
        .orElse(List.of());
  }

  private static Set<BillingPeriod> months(
      List<Delivery> deliveries, Predicate<SourceKind> wanted) {
    return deliveries.stream()
        .filter(delivery -> wanted.test(SourceKinds.of(delivery.kind())))
        .filter(delivery -> !delivery.billingPeriod().equals(Delivery.ALL_PERIODS))
        .map(delivery -> BillingPeriod.of(delivery.billingPeriod()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Finding> findings(List<Delivery> deliveries) {
    Graph graph = views(deliveries.stream().filter(this::isWanted).toList());
    return audits(graph).flatMap(audit -> finding(audit).stream()).toList();
  }

  private boolean isWanted(Delivery delivery) {
    return delivery.billingPeriod().equals(Delivery.ALL_PERIODS)
        || BillingPeriod.of(delivery.billingPeriod()).equals(month);
  }

  private static Stream<Audit> audits(Graph graph) {
    return graph.audits().stream().filter(Audit::isBeforeNight);
  }

  private Graph views(List<Delivery> deliveries) {
    long rows = deliveries.stream().mapToLong(Delivery::rows).sum();
    Sessions.prepareFor(spark, config.spark().properties(), rows);
    Set<LocalDate> days =
        deliveries.stream()
            .filter(delivery -> SourceKinds.of(delivery.kind()).isTelemetry())
            .map(Delivery::billingPeriod)
            .collect(Collectors.toSet());
    Set<String> kinds = deliveries.stream().map(Delivery::kind).collect(Collectors.toSet());
    Graph graph = Models.embedded(SourceKinds.active(kinds)).compile();
    Functions.register(spark);
    Bronze.register(spark, config, deliveries);
    Telemetry.register(spark, config, deliveries, days);
    ConfigurationViews.register(spark, config, graph);
    Set<RelationName> read =
        audits(graph)
            .flatMap(audit -> audit.reads().stream())
            .filter(graph::isModel)
            .collect(Collectors.toCollection(TreeSet::new));
    ModelViews.register(spark, graph, read, Set.of(), (model, query) -> once(graph, model, query));
    return graph;
  }

  /**
   * Computes the rows of a model once if a night would store them, or if several models read them
   * and they are few.
   */
  private Dataset<Row> once(Graph graph, Model model, Dataset<Row> query) {
    if (model.stored()) {
      return computed(query);
    }
    return graph.readers(model.name()).size() > 1 ? few(query).orElse(query) : query;
  }

  private Dataset<Row> computed(Dataset<Row> query) {
    return few(query).orElseGet(query::localCheckpoint);
  }

  /** Keeps rows in memory if they are few. Spark plans their readers by their number. */
  private Optional<Dataset<Row>> few(Dataset<Row> query) {
    return held.rows("delivered rows", query);
  }

  private Optional<Finding> finding(Audit audit) {
    Dataset<Row> rows = computed(ofMonth(ContractCheck.auditRows(spark, audit, Resolver.VIEWS)));
    long count = rows.count();
    return count == 0
        ? Optional.empty()
        : Optional.of(new Finding(audit.name(), month, meaning(audit), count, shown(rows)));
  }

  private Dataset<Row> ofMonth(Dataset<Row> rows) {
    return TIMES.stream()
        .filter(List.of(rows.columns())::contains)
        .findFirst()
        .map(time -> rows.where(isInMonth(functions.col(time))))
        .orElse(rows);
  }

  private Column isInMonth(Column time) {
    return functions.to_date(functions.date_trunc("month", time)).equalTo(month.firstDay());
  }

  private static String meaning(Audit audit) {
    return Stream.of(audit.meaning(), audit.next())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  /** Returns the first rows, e.g. {@code cluster_id tiny, node_id n1, reason no bill has it}. */
  private static List<String> shown(Dataset<Row> rows) {
    Column[] order = Stream.of(rows.columns()).map(functions::col).toArray(Column[]::new);
    return rows.distinct().orderBy(order).takeAsList(SHOWN).stream().map(WrongRows::shown).toList();
  }
}
