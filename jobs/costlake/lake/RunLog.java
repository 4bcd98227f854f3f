package costlake.lake;

import static costlake.decide.OpsTable.row;
import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;
import static costlake.decide.OpsTable.word;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.decide.OpsTable;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log of runs to tables that only grow: {@code ops.runs}, {@code ops.outcomes}, {@code
 * ops.deliveries}, {@code ops.rejects}, {@code ops.publications}. A night appends to each of them
 * at most once, at its end. The tables of {@link costlake.decide.DecisionKind} grow when people
 * decide.
 */
public final class RunLog {
  private static final TableSpec RUNS =
      table(
          "runs",
          text("run_id"),
          text("verb"),
          text("period"),
          text("status"),
          text("message"),
          time("started_at"),
          whole("duration_ms"));
  private static final TableSpec OUTCOMES =
      table(
          "outcomes",
          text("run_id"),
          whole("position"),
          text("step"),
          text("subject"),
          text("status"),
          whole("rows"),
          text("money"),
          text("detail"),
          time("started_at"),
          whole("duration_ms"));
  private static final TableSpec DELIVERIES =
      table(
          "deliveries",
          text("run_id"),
          text("source_id"),
          text("kind"),
          createStructField("billing_period", DataTypes.DateType, true),
          text("delivery_id"),
          text("status"),
          whole("files"),
          whole("bytes"),
          whole("rows"),
          text("file"),
          text("sha256"),
          time("landed_at"));
  private static final TableSpec REJECTS =
      table(
          "rejects",
          text("run_id"),
          text("source_id"),
          text("delivery_id"),
          text("file"),
          whole("row"),
          text("reason"),
          text("raw"));
  private static final TableSpec PUBLICATIONS =
      table(
          "publications",
          whole("publication"),
          text("run_id"),
          time("published_at"),
          text("table_name"),
          text("version"));

  private final SparkSession spark;
  private final TableFormat format;
  private final Journal journal;
  private final List<TableSpec> all;

  /**
   * Opens the log of a lake.
   *
   * @param decisions tables of decisions
   */
  RunLog(SparkSession spark, TableFormat format, Journal journal, List<OpsTable> decisions) {
    this.spark = spark;
    this.format = format;
    this.journal = journal;
    this.all =
        Stream.concat(
                Stream.of(RUNS, OUTCOMES, DELIVERIES, REJECTS, PUBLICATIONS),
                decisions.stream().map(RunLog::spec))
            .toList();
  }

  /**
   * Records a run that was interrupted before it was recorded, and what the run published. Does the
   * same for the run of the current publication, if a later run was interrupted before it could.
   *
   * @param decided says what a run decided, by its id
   */
  void recover(
      String runId, Optional<Publication> current, Function<String, Optional<String>> decided) {
    Stream.concat(Stream.of(runId), current.map(Publication::runId).stream())
        .distinct()
        .filter(run -> !has(RUNS, "run_id", run))
        .forEach(run -> record(run, current, decided));
  }

  private void record(
      String runId, Optional<Publication> current, Function<String, Optional<String>> decided) {
    Optional<Publication> its = current.filter(p -> p.runId().equals(runId));
    Instant now = Clock.systemUTC().instant();
    Run run = new Run(runId, null, null, now, 0);
    record(run, Outcome.Status.FAILED, interrupted(its, decided.apply(runId)), List.of());
    its.ifPresent(
        p -> {
          if (!has(DELIVERIES, "run_id", runId)) {
            deliveries(
                runId, p.deliveries().stream().filter(d -> d.runId().equals(runId)).toList());
          }
          publications();
        });
  }

  private static String interrupted(Optional<Publication> publication, Optional<String> decided) {
    if (publication.isPresent()) {
      return "interrupted after it began to publish; its publication is complete";
    }
    return decided.map("interrupted, but "::concat).orElse("interrupted; it published nothing");
  }

  private boolean has(TableSpec spec, String column, Object value) {
    return has(spec, col(column).equalTo(value));
  }

  private boolean has(TableSpec spec, Column condition) {
    return rows(spec).map(rows -> !rows.filter(condition).isEmpty()).orElse(false);
  }

  /**
   * A run and its duration.
   *
   * @param verb the command; null if unknown
   * @param period the billing months; null if unknown
   */
  public record Run(
      String id,
      @Nullable String verb,
      @Nullable String period,
      Instant startedAt,
      long durationMs) {
    /** Returns a run that ends now. */
    public static Run endingNow(String id, String verb, String period, Instant startedAt) {
      long durationMs = Duration.between(startedAt, Instant.now()).toMillis();
      return new Run(id, verb, period, startedAt, durationMs);
    }
  }

  /** Records a run, how it ended, and its steps in order. */
  public void record(
      Run run, Outcome.Status status, @Nullable String message, List<Outcome> outcomes) {
    append(RUNS, List.of(runRow(run, status, message)));
    append(
        OUTCOMES,
        IntStream.range(0, outcomes.size())
            .mapToObj(position -> outcomeRow(run.id(), position, outcomes.get(position)))
            .toList());
  }

  private static Row runRow(Run run, Outcome.Status status, @Nullable String message) {
    return row(
        run.id(),
        run.verb(),
        run.period(),
        word(status),
        message,
        Timestamp.from(run.startedAt()),
        run.durationMs());
  }

  private static Row outcomeRow(String runId, long position, Outcome outcome) {
    return row(
        runId,
        position,
        outcome.step(),
        outcome.subject(),
        word(outcome.status()),
        outcome.rows(),
        outcome.money(),
        outcome.detail(),
        Timestamp.from(outcome.startedAt()),
        outcome.durationMs());
  }

  /** Records deliveries, one row for each file. */
  public void deliveries(String runId, List<Delivery> deliveries) {
    append(
        DELIVERIES,
        deliveries.stream()
            .flatMap(
                d ->
                    d.files().stream()
                        .map(
                            f ->
                                row(
                                    runId,
                                    d.sourceId(),
                                    d.kind(),
                                    java.sql.Date.valueOf(d.billingPeriod()),
                                    d.deliveryId(),
                                    word(d.status()),
                                    (long) d.files().size(),
                                    f.bytes(),
                                    f.rows() < 0 ? null : f.rows(),
                                    f.path(),
                                    f.sha256(),
                                    Timestamp.from(d.landedAt()))))
            .toList());
  }

  /** Returns every recorded delivery. */
  Set<Delivery.Identity> deliveriesEver() {
    Set<Delivery.Identity> ever = new HashSet<>();
    format
        .version(DELIVERIES.name())
        .ifPresent(
            version ->
                format
                    .at(DELIVERIES.name(), version)
                    .select("source_id", "billing_period", "delivery_id")
                    .distinct()
                    .collectAsList()
                    .forEach(
                        row ->
                            ever.add(
                                new Delivery.Identity(
                                    row.getString(0),
                                    row.getDate(1).toLocalDate(),
                                    row.getString(2)))));
    return ever;
  }

  /** Records rejected rows. */
  public void rejects(String runId, List<Reject> rejects) {
    append(
        REJECTS,
        rejects.stream()
            .map(
                r ->
                    row(
                        runId,
                        r.sourceId(),
                        r.deliveryId(),
                        r.file(),
                        r.row(),
                        r.reason(),
                        r.raw()))
            .toList());
  }

  /** Returns the ids of all recorded runs. */
  Set<String> runs() {
    return rows(RUNS)
        .map(runs -> Set.copyOf(runs.select("run_id").as(Encoders.STRING()).collectAsList()))
        .orElse(Set.of());
  }

  /** Returns all rows of a table; empty if the table does not exist. */
  Optional<Dataset<Row>> rows(TableSpec spec) {
    return format.version(spec.name()).map(v -> format.at(spec.name(), v));
  }

  /** Records the publications that are not recorded yet, one row for each table that changed. */
  public void publications() {
    long known =
        format
            .version(PUBLICATIONS.name())
            .map(v -> format.at(PUBLICATIONS.name(), v).agg(max("publication")).first())
            .filter(row -> !row.isNullAt(0))
            .map(row -> row.getLong(0))
            .orElse(0L);
    append(
        PUBLICATIONS,
        journal.all().stream()
            .filter(p -> p.sequence() > known && p.state() == Publication.State.PUBLISHED)
            .flatMap(RunLog::rows)
            .toList());
  }

  private static Stream<Row> rows(Publication publication) {
    return new TreeMap<>(publication.targets())
        .keySet().stream()
            .map(
                table ->
                    row(
                        publication.sequence(),
                        publication.runId(),
                        Timestamp.from(publication.at()),
                        table,
                        publication.versions().get(table)));
  }

  /** Returns the steps of all runs; empty before the first run. */
  public Optional<Dataset<Row>> outcomes() {
    return format.version(OUTCOMES.name()).map(v -> format.at(OUTCOMES.name(), v));
  }

  /** Returns the relations of the existing tables whose names meet a condition, by name. */
  Map<String, String> relations(Predicate<String> wanted) {
    Map<String, String> relations = new TreeMap<>();
    all.stream()
        .map(TableSpec::name)
        .filter(name -> wanted.test(name.toString()))
        .forEach(
            name ->
                format
                    .version(name)
                    .ifPresent(v -> relations.put(name.toString(), format.relation(name, v))));
    return relations;
  }

  /** Returns the specifications of all tables. */
  List<TableSpec> all() {
    return all;
  }

  /** Appends rows to a table, all of them or none. */
  void append(TableSpec spec, List<Row> rows) {
    if (!rows.isEmpty()) {
      format.append(spec, spark.createDataFrame(rows, spec.columns()));
    }
  }

  /** Appends rows unless the table already has a row with the key of the first row. */
  void appendOnce(TableSpec spec, List<String> key, List<Row> rows) {
    if (!rows.isEmpty() && !has(spec, same(spec, key, rows.get(0)))) {
      append(spec, rows);
    }
  }

  private static Column same(TableSpec spec, List<String> key, Row row) {
    return key.stream()
        .map(column -> col(column).equalTo(row.get(spec.columns().fieldIndex(column))))
        .reduce(Column::and)
        .orElseThrow();
  }

  private static TableSpec table(String name, StructField... columns) {
    return spec(OpsTable.of(name, columns));
  }

  /** Returns the specification of a table. */
  static TableSpec spec(OpsTable table) {
    return new TableSpec(
        new TableName("ops", table.name()),
        table.columns(),
        Partitioning.whole(),
        Map.of(),
        Set.of());
  }
}
