package costlake.night;

import costlake.build.Audits;
import costlake.build.Build;
import costlake.build.ContractCheck;
import costlake.build.Functions;
import costlake.build.InputViews;
import costlake.close.ClosedMonths;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.core.Reject;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.land.Landing;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * One run: land, plan, build, audit, publish. Either everything it built is published together, or
 * nothing is and yesterday's numbers stand. Killed at any point and run again, it ends with the
 * tables of an undisturbed run.
 */
public final class NightRun {
  private static final int MODELS_AT_A_TIME = 2;
  private static final int REJECTS_KEPT = 10_000;
  private static final RelationName CLOSED_COSTS = RelationName.parse("ops.closed_costs");

  private final SparkSession spark;
  private final Config config;
  private final Lake lake;
  private final Progress progress;
  private final String verb;
  private final Set<BillingPeriod> periods;
  private final Instant startedAt = Instant.now();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();
  private final Map<Delivery, Long> rejected = new LinkedHashMap<>();
  private String runId;

  private NightRun(
      SparkSession spark,
      Config config,
      String verb,
      Set<BillingPeriod> periods,
      Progress progress) {
    this.spark = spark;
    this.config = config;
    this.lake = Lake.open(config.lake(), spark);
    this.progress = progress;
    this.verb = verb;
    this.periods = new TreeSet<>(periods);
  }

  /**
   * Runs a night.
   *
   * @param verb what the operator asked for, as it stands in {@code ops.runs}
   * @param periods billing months to land; empty means all that the sources have
   * @throws Failure when another night runs, the configuration or a delivery is wrong, or an audit
   *     fails
   */
  public static NightReport run(
      SparkSession spark,
      Config config,
      String verb,
      Set<BillingPeriod> periods,
      Progress progress) {
    return new NightRun(spark, config, verb, periods, progress).run();
  }

  private NightReport run() {
    Graph graph = Models.embedded().compile();
    runId = runId();
    try (NightStage night = lake.begin(runId)) {
      FailPoint.reached(FailPoints.NIGHT_BEGUN);
      try {
        return run(graph, night);
      } catch (RuntimeException e) {
        record(Outcome.Status.FAILED, e.getMessage());
        throw e;
      }
    }
  }

  private String runId() {
    long sequence = lake.publication().map(Publication::sequence).orElse(0L) + 1;
    return "%s-%s-%d".formatted(verb, period(), sequence);
  }

  private String period() {
    return periods.isEmpty()
        ? "all"
        : periods.stream().map(BillingPeriod::toString).collect(Collectors.joining("+"));
  }

  private NightReport run(Graph graph, NightStage night) {
    LandResult landing = land(night);
    FailPoint.reached(FailPoints.LANDED);
    Functions.register(spark);
    News news = News.of(spark, config, graph, night, landing);
    if (news.nothing(night)) {
      return new NightReport(
          runId, Optional.empty(), outcomes, "Nothing new since publication " + sequence() + ".");
    }
    judge(news);
    InputViews.register(spark, config, graph);
    ClosedMonths.register(spark, night.closes(), graph.columns(CLOSED_COSTS));
    if (news.changes().everything()) {
      Bronze.register(spark, config, List.of());
      Telemetry.register(spark, config, List.of(), Set.of());
      ContractCheck.check(spark, graph);
    }
    List<Delivery> read = news.toRead(night);
    Sessions.prepareFor(spark, read.stream().filter(News::isBill).mapToLong(Delivery::rows).sum());
    Bronze.register(spark, config, read);
    Telemetry.register(spark, config, news.current(), news.measuredDays());
    FailPoint.reached(FailPoints.PLANNED);
    build(graph, night, news);
    return publish(night, news, landing);
  }

  private long sequence() {
    return lake.publication().map(Publication::sequence).orElse(0L);
  }

  private LandResult land(NightStage night) {
    Instant start = Instant.now();
    List<Delivery> known = night.before().map(Publication::deliveries).orElse(List.of());
    LandResult landing = Landing.land(config, runId, startedAt, known, periods, progress);
    rejects.addAll(landing.rejects());
    landing.landed().forEach(d -> outcomes.add(landed(d, start)));
    refuse(landing.refused(), start);
    return landing;
  }

  /**
   * Counts what cannot be read of tonight's bills, keeps examples, and stops where it is too much.
   */
  private void judge(News news) {
    Instant start = Instant.now();
    rejected.putAll(Bronze.rejectedRows(spark, config, news.billsLanded()));
    List<Delivery> parquet =
        rejected.keySet().stream().filter(bill -> rejected.get(bill) > bill.rejected()).toList();
    rejects.addAll(Bronze.rejects(spark, config, parquet, REJECTS_KEPT));
    refuse(Bronze.overLimit(config, rejected), start);
    Bronze.registerDeliveries(spark, rejected);
  }

  private void refuse(List<LandResult.Refusal> refused, Instant start) {
    for (LandResult.Refusal refusal : refused) {
      outcomes.add(
          outcome(
              "land",
              refusal.sourceId() + " " + refusal.period(),
              Outcome.Status.FAILED,
              null,
              refusal.message(),
              start));
    }
    if (!refused.isEmpty()) {
      throw Failure.data(
          "The night stopped before it built anything, yesterday's numbers stand:\n  "
              + refused.stream()
                  .map(LandResult.Refusal::message)
                  .collect(Collectors.joining("\n  ")));
    }
  }

  private static Outcome landed(Delivery delivery, Instant start) {
    return outcome(
        "land",
        delivery.sourceId() + " " + delivery.billingPeriod(),
        Outcome.Status.DONE,
        delivery.rows(),
        "delivery %s, %d files, %d bytes"
            .formatted(delivery.deliveryId(), delivery.files().size(), delivery.bytes()),
        start);
  }

  private static Outcome outcome(
      String step, String subject, Outcome.Status status, Long rows, String detail, Instant start) {
    return Outcome.since(start, step, subject, status, rows, null, detail);
  }

  private void build(Graph graph, NightStage night, News news) {
    Build build = new Build(spark, graph, night, news.changes(), progress);
    try {
      build.models(MODELS_AT_A_TIME);
    } finally {
      outcomes.addAll(build.outcomes());
    }
    FailPoint.reached(FailPoints.STAGED);
    if (news.billsTaken()) {
      Bronze.register(spark, config, news.billsLanded());
    }
    Audits audits = new Audits(spark, graph, night, build, news.delivered(), news.billsTaken());
    try {
      audits.run(progress);
    } finally {
      outcomes.addAll(audits.outcomes());
    }
    FailPoint.reached(FailPoints.AUDITED);
  }

  private NightReport publish(NightStage night, News news, LandResult landing) {
    Instant start = Instant.now();
    Optional<Publication> publication = night.publish(news.current(), news.facts());
    String message =
        publication
            .map(
                p ->
                    "Published %d tables as publication %d."
                        .formatted(p.targets().size(), p.sequence()))
            .orElse("Nothing differs from publication " + sequence() + ".");
    outcomes.add(outcome("publish", "lake", Outcome.Status.DONE, null, message, start));
    FailPoint.reached(FailPoints.OPS_BEFORE);
    lake.ops().deliveries(runId, landing.landed());
    lake.ops()
        .deliveries(
            runId, landing.replaced().stream().map(d -> d.as(Delivery.Status.REPLACED)).toList());
    rejects.addAll(Telemetry.findings(spark, REJECTS_KEPT));
    lake.ops().publications();
    record(Outcome.Status.DONE, message);
    FailPoint.reached(FailPoints.OPS_AFTER);
    return new NightReport(runId, publication, outcomes, message);
  }

  private void record(Outcome.Status status, String message) {
    lake.ops().rejects(runId, rejects);
    lake.ops()
        .record(
            runId,
            verb,
            period(),
            status,
            message,
            startedAt,
            Duration.between(startedAt, Instant.now()).toMillis(),
            outcomes);
  }
}
