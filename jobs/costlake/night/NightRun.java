package costlake.night;

import costlake.build.Audits;
import costlake.build.Build;
import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.close.ClosedMonths;
import costlake.close.UnownedCost;
import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.lake.Sessions;
import costlake.lake.TableName;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.land.PassingPins;
import costlake.land.RejectedRows;
import costlake.model.Graph;
import costlake.model.Layer;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.telemetry.Telemetry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a night: land, plan, build, audit, publish. Publishes all built tables together. If a step
 * fails, publishes none of them, and the last publication stays in force. If a night is killed at
 * any point, the next night publishes the same tables as an undisturbed night.
 */
public final class NightRun {
  private static final int AT_A_TIME = 2;
  // Average number of samples from which one hourly row is computed, measured on the sample data.
  private static final long SAMPLES_A_ROW = 60;

  /** Layers whose models do not depend on the kinds of sources that a lake has. */
  private static final Set<String> LAYERS_OF_EVERY_LAKE =
      Set.of(
          Layer.ECONOMICS.namespace(), Layer.GOVERNANCE.namespace(), Layer.REPORTING.namespace());

  private static final int REJECTS_KEPT = 10_000;
  private static final String STOPPED =
      "The night stopped before it built anything; the last publication stays in force:";

  private final SparkSession spark;
  private final Config config;
  private final Lake lake;
  private final Progress progress;
  private final Set<String> removing;
  private final Extent extent;
  private final RunRecord record;
  private final NewDeliveries arrivals;

  /**
   * How far a night goes.
   *
   * @param until last layer to build
   * @param isPlan whether the night only says which money it would move
   */
  private record Extent(Layer until, boolean isPlan) {
    static final Extent PLAN = new Extent(Layer.REPORTING, true);
  }

  private NightRun(
      SparkSession spark,
      Config config,
      String verb,
      Set<BillingPeriod> periods,
      Set<String> removing,
      Extent extent,
      Progress progress) {
    this.spark = spark;
    this.config = config;
    this.lake = Lake.open(config.lake(), spark);
    this.progress = progress;
    this.removing = new TreeSet<>(removing);
    this.extent = extent;
    this.record = RunRecord.of(lake, verb, verb, periods);
    this.arrivals = new NewDeliveries(config, record, periods, progress);
  }

  /**
   * Runs a night.
   *
   * @param verb the command of the operator, as recorded in {@code ops.runs}
   * @param periods billing months to land; empty means all months of the sources
   * @param removing sources to remove, which are no longer configured
   * @param until last layer to build; the tables of later layers stay as they are
   * @throws Failure when another night runs, the configuration or a delivery is wrong, or an audit
   *     fails
   */
  public static NightReport run(
      SparkSession spark,
      Config config,
      String verb,
      Set<BillingPeriod> periods,
      Set<String> removing,
      Layer until,
      Progress progress) {
    return new NightRun(spark, config, verb, periods, removing, new Extent(until, false), progress)
        .run();
  }

  /**
   * Says which money the next night would move, and why. Builds the allocation as a night would,
   * outside of the tables of the lake, and removes all that it wrote.
   *
   * @throws Failure as {@link #run}, except for audits, which a plan does not run
   */
  public static NightReport plan(
      SparkSession spark,
      Config config,
      Set<BillingPeriod> periods,
      Set<String> removing,
      Progress progress) {
    NightRun plan = new NightRun(spark, config, "plan", periods, removing, Extent.PLAN, progress);
    try (NightStage night = plan.lake.plan(plan.record.runId())) {
      return plan.withPassingPins(night);
    }
  }

  private NightReport withPassingPins(NightStage night) {
    PassingPins pins = new PassingPins(config);
    try {
      return run(night);
    } finally {
      pins.remove();
    }
  }

  /** Runs a night that removes no source and builds all layers. */
  public static NightReport run(
      SparkSession spark,
      Config config,
      String verb,
      Set<BillingPeriod> periods,
      Progress progress) {
    return run(spark, config, verb, periods, Set.of(), Layer.REPORTING, progress);
  }

  private NightReport run() {
    try (NightStage night = lake.begin(record.runId())) {
      FailPoint.reached(FailPoints.NIGHT_BEGUN);
      try {
        return run(night);
      } catch (RuntimeException e) {
        record.write(lake.ops(), Outcome.Status.FAILED, e.getMessage());
        throw e;
      }
    }
  }

  private NightReport run(NightStage night) {
    List<Delivery> before = night.before().map(Publication::deliveries).orElse(List.of());
    UnconfiguredSource.checkRemovable(config, removing, before);
    LandResult landing = arrivals.land(night, STOPPED);
    prepareFor(landing.landed());
    FailPoint.reached(FailPoints.LANDED);
    Functions.register(spark);
    NightDeliveries found = NightDeliveries.of(night, landing, removing);
    List<SourceKind> kinds = found.kinds(config);
    Graph whole = Models.embedded(kinds).compile();
    Graph graph = whole.until(extent.until());
    Config settings = config.withRecorded(night.before().map(Publication::facts).orElse(Map.of()));
    NightFacts facts = NightFacts.of(settings, graph, night, found.current());
    NightDeliveries deliveries = found.with(arrivals.readAgain(settings, facts, found, STOPPED));
    ConfigurationViews.register(spark, config, graph);
    NightChanges changes =
        NightChanges.of(spark, settings, graph, night, landing, deliveries, facts);
    SourceWarnings warnings = new SourceWarnings(config, deliveries.current());
    boolean toKeep = warnOfSilent(warnings, landing);
    night.leaveOut(outdated(whole));
    if (changes.nothing(night)) {
      record.add(warnings.ofUnconfigured(() -> night.published(UnconfiguredSource.COSTS)));
      return nothingNew(toKeep);
    }
    MappedBills bills = MappedBills.of(graph, kinds, night, changes);
    Bronze.registerDeliveries(spark, bills.audited(), deliveries.landed());
    RejectedRows.register(spark, deliveries.current());
    DecisionViews.register(spark, night.decided(), graph);
    PublishedTables.register(spark, night, graph);
    RecordedIncidents.register(spark, night, graph);
    warnings.refuseUnknownClusters(changes.telemetryToRead());
    List<Delivery> read = deliveries.withOthers(bills.bills());
    prepareFor(changes.involved());
    Bronze.register(spark, settings, kinds, read);
    Telemetry.register(spark, config, deliveries.current(), changes.measuredDays());
    FailPoint.reached(FailPoints.PLANNED);
    Build build =
        new Build(spark, graph, night, changes.changes().carrying(bills.carried()), progress);
    if (extent.isPlan()) {
      build.models(AT_A_TIME, graph.upstream(MoneyChanges.ALLOCATED)::contains);
      return planned(moved(night, build, changes, graph));
    }
    build(build, settings, graph, kinds, night, changes, bills);
    record.add(warnings.ofUnconfigured(() -> built(night, UnconfiguredSource.COSTS)));
    return publish(night, changes, landing, moved(night, build, changes, graph));
  }

  private static List<MoneyChange> moved(
      NightStage night, Build build, NightChanges changes, Graph graph) {
    return graph.isModel(MoneyChanges.ALLOCATED)
        ? MoneyChanges.of(
            night, build.differing(MoneyChanges.ALLOCATED), new ChangeReasons(changes, graph))
        : List.of();
  }

  private NightReport planned(List<MoneyChange> moved) {
    String message =
        moved.isEmpty()
            ? "The next night would move no money. Nothing was published."
            : "The next night would move money as follows. Nothing was published.";
    return new NightReport(record.runId(), Optional.empty(), record.outcomes(), moved, message);
  }

  /**
   * Warns of sources without deliveries. Returns whether the sources without deliveries differ from
   * those of the last night.
   */
  private boolean warnOfSilent(SourceWarnings warnings, LandResult landing) {
    Set<String> before = SourceWarnings.silent(config, lake).keySet();
    List<Outcome> silent = warnings.ofSilent(landing);
    List<Outcome> resumed = SourceWarnings.ofResumed(landing, before);
    record.add(silent);
    record.add(resumed);
    return !resumed.isEmpty() || silent.stream().anyMatch(s -> !before.contains(s.subject()));
  }

  private NightReport nothingNew(boolean toKeep) {
    String message = "Nothing new since publication " + sequence() + ".";
    if (toKeep && !extent.isPlan()) {
      record.write(lake.ops(), Outcome.Status.DONE, message);
    }
    return NightReport.unchanged(record, message);
  }

  private void prepareFor(List<Delivery> involved) {
    long dated = dated(involved);
    long samples = involved.stream().mapToLong(Delivery::rows).sum() - dated;
    Sessions.prepareFor(spark, config.spark().properties(), dated + samples / SAMPLES_A_ROW);
  }

  private static long dated(List<Delivery> deliveries) {
    return deliveries.stream()
        .filter(delivery -> SourceKinds.of(delivery.kind()).isDated())
        .mapToLong(Delivery::rows)
        .sum();
  }

  private long sequence() {
    return lake.publication().map(Publication::sequence).orElse(0L);
  }

  private void build(
      Build build,
      Config settings,
      Graph graph,
      List<SourceKind> kinds,
      NightStage night,
      NightChanges changes,
      MappedBills bills) {
    try {
      build.models(AT_A_TIME);
    } finally {
      record.add(build.outcomes());
    }
    FailPoint.reached(FailPoints.STAGED);
    boolean auditsBills = !bills.audited().isEmpty();
    if (auditsBills) {
      Bronze.register(spark, settings, kinds, changes.deliveries().withOthers(bills.audited()));
    }
    Audits audits =
        new Audits(spark, graph, night, build, changes.charges(bills.audited()), auditsBills);
    try {
      audits.run(AT_A_TIME, progress);
    } finally {
      record.add(audits.outcomes());
    }
    built(night, ClosedMonths.COSTS)
        .map(UnownedCost::newest)
        .map(found -> UnownedShare.audit(found, config.limits().unownedCostRatioMax()))
        .ifPresent(record::add);
    FailPoint.reached(FailPoints.AUDITED);
  }

  /** Returns the rows of a table, unless no night has built its layer. */
  private static Optional<Dataset<Row>> built(NightStage night, TableName table) {
    return night.exists(table) ? Optional.of(night.read(table)) : Optional.empty();
  }

  /**
   * Selects the tables of these layers without a model. An earlier version of the program built
   * them, and their figures would stand still.
   */
  private static Predicate<TableName> outdated(Graph graph) {
    return table ->
        LAYERS_OF_EVERY_LAKE.contains(table.namespace())
            && !graph.isModel(new RelationName(table.namespace(), table.name()));
  }

  private static String stopped(Publication publication) {
    return publication
        .until()
        .map(" The night stopped after %s; the tables of later layers are older."::formatted)
        .orElse("");
  }

  private Map<String, String> facts(NightChanges changes) {
    Map<String, String> facts = new TreeMap<>(changes.facts().now());
    if (extent.until() != Layer.REPORTING) {
      facts.putAll(Publication.stoppedAfter(extent.until().namespace()));
    }
    return facts;
  }

  private String removed(NightStage night, NightChanges changes) {
    return UnconfiguredSource.of(
            removing, changes.deliveries().removed(), night.published(UnconfiguredSource.COSTS))
        .stream()
        .map(source -> "Removed source %s: %s. ".formatted(source.sourceId(), source.holdings()))
        .collect(Collectors.joining());
  }

  private NightReport publish(
      NightStage night, NightChanges changes, LandResult landing, List<MoneyChange> moved) {
    Instant start = Instant.now();
    String removed = removed(night, changes);
    Optional<Publication> publication =
        night.publish(changes.deliveries().current(), facts(changes));
    String message =
        removed
            + publication
                .map(
                    p ->
                        "Published %d tables as publication %d.%s"
                            .formatted(p.targets().size(), p.sequence(), stopped(p)))
                .orElse("Nothing differs from publication " + sequence() + ".");
    record.add(Outcome.since(start, "publish", "lake", Outcome.Status.DONE, null, null, message));
    FailPoint.reached(FailPoints.OPS_BEFORE);
    lake.ops().deliveries(record.runId(), landing.landed());
    lake.ops()
        .deliveries(
            record.runId(),
            Stream.concat(
                    landing.replaced().stream().map(d -> d.as(Delivery.Status.REPLACED)),
                    changes.deliveries().removed().stream().map(d -> d.as(Delivery.Status.REMOVED)))
                .toList());
    record.reject(Telemetry.findings(spark, REJECTS_KEPT));
    lake.ops().publications();
    record.write(lake.ops(), Outcome.Status.DONE, message);
    return new NightReport(record.runId(), publication, record.outcomes(), moved, message);
  }
}
