package costlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import costlake.close.CloseJournal;
import costlake.close.MonthChange;
import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.decide.Decision;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.outbox.MessageState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The state of a lake at one time, for monitoring. A value that is unknown or does not exist is
 * null.
 *
 * @param at time of the query
 * @param lastRun the run that ended last, successful or not
 * @param publication the publication that readers see
 * @param unfinishedPublication number of an interrupted publication; the next night finishes it
 * @param warnings warnings that hold now
 * @param sources every source of the configuration
 * @param closedMonths months that are closed now, sorted
 * @param mails number of mails in each state, over all months
 */
record LakeStatus(
    Instant at,
    @Nullable LastRun lastRun,
    @Nullable InForce publication,
    @Nullable Long unfinishedPublication,
    List<Warning> warnings,
    List<SourceState> sources,
    List<Closed> closedMonths,
    Map<String, Long> mails) {

  /**
   * A run of the night or of another command.
   *
   * @param steps number of steps by status
   * @param problems steps that failed or warned
   */
  record LastRun(
      String runId,
      String verb,
      String period,
      String status,
      Instant startedAt,
      long durationMs,
      String message,
      Map<String, Long> steps,
      List<Problem> problems) {}

  /** A step that failed or warned. */
  record Problem(String step, String subject, String status, String detail) {}

  /**
   * The publication that readers see.
   *
   * @param until layer after which its night stopped; the tables of later layers are older
   */
  record InForce(
      long number,
      String runId,
      Instant at,
      long ageS,
      int tables,
      int deliveries,
      @Nullable String until) {}

  /**
   * The deliveries of a source.
   *
   * @param deliveries number of deliveries in force
   * @param lastPeriod first day of the latest month or day in force
   * @param landedAt when the latest delivery in force landed
   * @param ageS seconds since {@code landedAt}
   * @param rejects rows in {@code ops.rejects} of the last run
   */
  record SourceState(
      String sourceId,
      String kind,
      int deliveries,
      @Nullable String lastPeriod,
      @Nullable Instant landedAt,
      @Nullable Long ageS,
      long rejects) {}

  /** A closed month. */
  record Closed(String month, int closeNumber, int statements, Instant at) {}

  private static final String RUNS = "ops.runs";

  /**
   * SQL order that puts the last run first. A run whose start is in the future, because a clock was
   * wrong, is put after all other runs.
   */
  static final String LAST_FIRST = "started_at > current_timestamp(), started_at desc";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  /** Returns the state as one JSON document: names in snake_case, times in UTC. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the state before the first run. */
  static LakeStatus none(Config config, Instant at) {
    List<SourceState> sources =
        config.sources().stream().map(s -> source(s, Optional.empty(), Map.of(), at)).toList();
    return new LakeStatus(at, null, null, null, List.of(), sources, List.of(), Map.of());
  }

  /** Reads the state of a lake. The {@code ops} tables must be registered as views. */
  static LakeStatus of(Config config, Lake lake, SparkSession spark, Instant at) {
    Optional<Publication> publication = lake.publication();
    Optional<Row> run =
        has(spark, RUNS)
            ? Optional.of(spark.sql("select * from ops.runs order by " + LAST_FIRST).first())
            : Optional.empty();
    Map<String, Long> rejects =
        run.map(r -> counts(spark, "rejects", "source_id", r.getAs("run_id"))).orElse(Map.of());
    return new LakeStatus(
        at,
        run.map(row -> lastRun(spark, row)).orElse(null),
        publication.map(p -> inForce(p, at)).orElse(null),
        lake.unfinished().map(Publication::sequence).orElse(null),
        Warning.of(config, lake, spark),
        config.sources().stream().map(source -> source(source, publication, rejects, at)).toList(),
        CloseJournal.of(lake.decided()).inForce().values().stream()
            .map(LakeStatus::closed)
            .toList(),
        mails(spark));
  }

  private static boolean has(SparkSession spark, String table) {
    return spark.catalog().tableExists(table);
  }

  private static LastRun lastRun(SparkSession spark, Row run) {
    String runId = run.getAs("run_id");
    return new LastRun(
        runId,
        run.getAs("verb"),
        run.getAs("period"),
        run.getAs("status"),
        run.<java.sql.Timestamp>getAs("started_at").toInstant(),
        run.<Long>getAs("duration_ms"),
        run.getAs("message"),
        counts(spark, "outcomes", "status", runId),
        problems(spark, runId));
  }

  private static List<Problem> problems(SparkSession spark, String runId) {
    if (!has(spark, "ops.outcomes")) {
      return List.of();
    }
    return ofRun(spark, "outcomes", runId)
        .where("status in ('failed', 'warned')")
        .orderBy("position")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Problem(
                    row.getAs("step"),
                    row.getAs("subject"),
                    row.getAs("status"),
                    row.getAs("detail")))
        .toList();
  }

  private static Map<String, Long> counts(
      SparkSession spark, String table, String column, String runId) {
    return has(spark, "ops." + table)
        ? counts(ofRun(spark, table, runId).groupBy(column).count())
        : Map.of();
  }

  private static Dataset<Row> ofRun(SparkSession spark, String table, String runId) {
    Dataset<Row> rows = spark.table("ops." + table);
    return rows.where(rows.col("run_id").equalTo(runId));
  }

  private static Map<String, Long> counts(Dataset<Row> rows) {
    Map<String, Long> counts = new TreeMap<>();
    rows.collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private static InForce inForce(Publication publication, Instant at) {
    return new InForce(
        publication.sequence(),
        publication.runId(),
        publication.at(),
        Duration.between(publication.at(), at).toSeconds(),
        publication.versions().size(),
        publication.deliveries().size(),
        publication.until().orElse(null));
  }

  private static SourceState source(
      Source source, Optional<Publication> publication, Map<String, Long> rejects, Instant at) {
    List<Delivery> current =
        publication.map(Publication::deliveries).orElse(List.of()).stream()
            .filter(delivery -> delivery.sourceId().equals(source.id()))
            .toList();
    Optional<Instant> landed =
        current.stream().map(Delivery::landedAt).max(Comparator.naturalOrder());
    return new SourceState(
        source.id(),
        source.kind(),
        current.size(),
        current.stream()
            .map(Delivery::billingPeriod)
            .filter(period -> !period.equals(Delivery.ALL_PERIODS))
            .max(Comparator.naturalOrder())
            .map(Object::toString)
            .orElse(null),
        landed.orElse(null),
        landed.map(moment -> Duration.between(moment, at).toSeconds()).orElse(null),
        rejects.getOrDefault(source.id(), 0L));
  }

  private static Closed closed(Decision<MonthChange> close) {
    MonthChange month = close.content();
    return new Closed(
        month.period().toString(), month.closeNumber(), month.statements().size(), close.at());
  }

  private static Map<String, Long> mails(SparkSession spark) {
    Map<String, Long> mails = new TreeMap<>();
    for (MessageState state : MessageState.values()) {
      mails.put(state.name().toLowerCase(Locale.ROOT), 0L);
    }
    if (has(spark, "ops.mail_outbox")) {
      mails.putAll(
          counts(
              spark.sql(
                  "select state, count(*) from (select max_by(state, change) as state"
                      + " from ops.mail_outbox group by message_id) group by all")));
    }
    return mails;
  }
}
