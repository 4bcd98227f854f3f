package costlake.close;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.IssuedStatement;
import costlake.core.Message;
import costlake.decide.Decision;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.lake.RunLog;
import costlake.lake.TableName;
import costlake.report.StatementDocument;
import costlake.report.Statements;
import java.sql.Date;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Closes a month: checks the gates, freezes the printed tables, and numbers the statements. Months
 * are closed in order and re-opened in reverse order. A correction therefore always goes to an open
 * month, and only once. If a close is killed at any point and run again, the month is closed once.
 */
public final class MonthClose {
  private final Config config;
  private final Lake lake;
  private final BillingPeriod period;
  private final Instant now;
  private final List<Supplier<Gate>> furtherGates = new ArrayList<>();
  private Map<String, String> inputs = Map.of();

  private MonthClose(Config config, Lake lake, BillingPeriod period, Instant now) {
    this.config = config;
    this.lake = lake;
    this.period = period;
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Creates the close or re-opening of a month.
   *
   * @param now present time: decides which months have ended, and is the issue time of the
   *     statements
   */
  public static MonthClose of(Config config, Lake lake, BillingPeriod period, Instant now) {
    return new MonthClose(config, lake, period, now);
  }

  /** Adds a gate to those that published tables alone decide. */
  public MonthClose requiring(Supplier<Gate> gate) {
    furtherGates.add(gate);
    return this;
  }

  /**
   * Requires that the last night read these inputs from the configuration.
   *
   * @param digests digests of the inputs by name, e.g. {@code conf.teams}
   */
  public MonthClose ofInputs(Map<String, String> digests) {
    inputs = Map.copyOf(digests);
    return this;
  }

  /**
   * Checks the gates without changing anything.
   *
   * @throws Failure with exit code 2 if the month cannot be closed, regardless of its data
   */
  public List<Gate> preview() {
    refuseTwice();
    refuseOutOfTurn();
    return gates();
  }

  /**
   * Returns a message that names the earlier months that can no longer be closed after this close;
   * empty if there are none. Only the first close of a lake can have such months.
   */
  public Optional<String> excludedMonths() {
    List<String> earlier =
        CloseJournal.of(lake.decided()).inForce().isEmpty() ? earlierMonths() : List.of();
    if (earlier.isEmpty()) {
      return Optional.empty();
    }
    String months =
        earlier.size() == 1
            ? earlier.get(0)
            : "%s to %s (%d months)"
                .formatted(earlier.get(0), earlier.get(earlier.size() - 1), earlier.size());
    return Optional.of(
        Message.of(
            """
            Months are closed in order: once %1$s is closed, %2$s can no longer be closed, unless
            %1$s is re-opened first. Statements of %2$s stay preliminary, and charges that are
            billed late still change them, without a correction in a later month. To make them
            final, close %3$s first.
            """,
            period, months, earlier.get(0)));
  }

  private List<String> earlierMonths() {
    return lake.read(publication(), Gates.BILLS)
        .where(functions.col("billing_month").lt(Date.valueOf(period.firstDay())))
        .select(functions.date_format(functions.col("billing_month"), "yyyy-MM").as("month"))
        .distinct()
        .orderBy("month")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /**
   * Closes the month.
   *
   * @param configuration the effective configuration, one line per value, without secrets
   * @param actor person who closes the month
   * @return the decision, with the issued statements
   * @throws Failure with exit code 3 and the figures of each failed gate if a gate fails; with exit
   *     code 2 if the month has not ended, is already closed, or is not the month after the last
   *     closed month
   */
  public Decision<MonthChange> close(List<String> configuration, String actor) {
    refuseTwice();
    int number = closesOf().size() + 1;
    String runId = "close-%s-%d".formatted(period, number);
    try (DecisionStage<MonthChange> stage = lake.begin(new CloseDecisionKind(), runId)) {
      FailPoint.reached(FailPoints.CLOSE_BEGUN);
      Optional<Decision<MonthChange>> finished = inForce();
      if (finished.isPresent()) {
        return finished.get();
      }
      refuseOutOfTurn();
      List<Outcome> outcomes = new ArrayList<>();
      try {
        pass(outcomes);
        FailPoint.reached(FailPoints.CLOSE_GATED);
        Decision<MonthChange> close =
            stage.decide(now, actor, null, closing(number, configuration));
        record(runId, Outcome.Status.DONE, "Closed " + period, outcomes);
        return close;
      } catch (RuntimeException e) {
        record(runId, Outcome.Status.FAILED, e.getMessage(), outcomes);
        throw e;
      }
    }
  }

  /**
   * Re-opens the month. The issued statements remain; another close of the month issues new
   * statements.
   *
   * @param reason text to record
   * @throws Failure with exit code 2 if the month is not closed, or a later month is closed
   */
  public Decision<MonthChange> reopen(String reason, List<String> configuration, String actor) {
    if (reason.isBlank()) {
      throw Failure.operator("Cannot re-open %s without a reason: give --reason TEXT", period);
    }
    String runId = "reopen-%s-%d".formatted(period, closesOf().size());
    Optional<Decision<MonthChange>> before = inForce();
    try (DecisionStage<MonthChange> stage = lake.begin(new CloseDecisionKind(), runId)) {
      Optional<Decision<MonthChange>> closed = inForce();
      if (before.isPresent() && closed.isEmpty()) {
        return CloseJournal.of(lake.decided())
            .all()
            .get(CloseJournal.of(lake.decided()).all().size() - 1);
      }
      refuseReopening(closed);
      Decision<MonthChange> reopening =
          stage.decide(now, actor, reason, reopening(closed.orElseThrow(), configuration));
      record(runId, Outcome.Status.DONE, "Re-opened " + period + ": " + reason, List.of());
      return reopening;
    }
  }

  private Optional<Decision<MonthChange>> inForce() {
    return Optional.ofNullable(CloseJournal.of(lake.decided()).inForce().get(period));
  }

  private List<MonthChange> closesOf() {
    return CloseJournal.of(lake.decided()).all().stream()
        .map(Decision::content)
        .filter(month -> month.kind() == MonthChange.Kind.CLOSED && month.period().equals(period))
        .toList();
  }

  private void refuseTwice() {
    inForce()
        .ifPresent(
            close -> {
              throw Failure.operator(
                  """
                  Cannot close %s twice: run %s closed it at %s. To print its statements: costlake
                  report --period %s. To issue new ones: costlake close --period %s --reopen
                  --reason TEXT
                  """,
                  period, close.runId(), close.at(), period, period);
            });
    if (period.end().isAfter(now)) {
      throw Failure.operator(
          "Cannot close %s: it ends at %s, and now it is %s", period, period.end(), now);
    }
  }

  private void refuseOutOfTurn() {
    SortedMap<BillingPeriod, Decision<MonthChange>> closed =
        CloseJournal.of(lake.decided()).inForce();
    if (closed.isEmpty()) {
      return;
    }
    BillingPeriod next = ClosedMonths.open(closed);
    if (period.compareTo(next) < 0) {
      throw Failure.operator(
          "Cannot close %s: months are closed in order, and %s is closed already",
          period, closed.lastKey());
    }
    if (period.compareTo(next) > 0) {
      throw Failure.operator(
          "Cannot close %s: months are closed in order. Close %s first", period, next);
    }
  }

  private void refuseReopening(Optional<Decision<MonthChange>> closed) {
    if (closed.isEmpty()) {
      throw Failure.operator("Cannot re-open %s: it is not closed", period);
    }
    BillingPeriod last = CloseJournal.of(lake.decided()).inForce().lastKey();
    if (!last.equals(period)) {
      throw Failure.operator(
          "Cannot re-open %s: %s is closed after it and holds its corrections. Re-open %s first",
          period, last, last);
    }
  }

  private Publication publication() {
    Publication publication =
        lake.publication()
            .orElseThrow(
                () ->
                    Failure.operator(
                        "Cannot close %s: no night has run. Run 'costlake night' first", period))
            .whole("close " + period);
    if (!publication.versions().containsKey(ClosedMonths.COSTS.toString())) {
      throw Failure.operator(
          "Cannot close %s: publication %d has no %s. Run 'costlake night' first",
          period, publication.sequence(), ClosedMonths.COSTS);
    }
    return publication;
  }

  private List<Gate> gates() {
    return Stream.concat(
            new Gates(config, lake, publication(), period, inputs).all().stream(),
            furtherGates.stream().map(Supplier::get))
        .toList();
  }

  private void pass(List<Outcome> outcomes) {
    Instant start = Instant.now();
    List<Gate> gates = gates();
    for (Gate gate : gates) {
      outcomes.add(
          Outcome.since(
              start,
              "gate",
              gate.name(),
              gate.passed() ? Outcome.Status.DONE : Outcome.Status.FAILED,
              null,
              null,
              gate.figures()));
    }
    List<Gate> failed = gates.stream().filter(gate -> !gate.passed()).toList();
    if (!failed.isEmpty()) {
      throw Failure.data(
          "Cannot close %s: %s fail%s. Nothing was changed:\n  %s",
          period,
          failed.size() == 1 ? "a gate" : failed.size() + " gates",
          failed.size() == 1 ? "s" : "",
          failed.stream()
              .map(gate -> gate.name() + ": " + gate.figures())
              .collect(Collectors.joining("\n  ")));
    }
  }

  private MonthChange closing(int number, List<String> configuration) {
    Publication publication = publication();
    List<IssuedStatement> statements = issue(publication, number);
    Map<String, String> facts = facts(publication, number);
    FailPoint.reached(FailPoints.CLOSE_RENDERED);
    return MonthChange.closing(
        period,
        number,
        publication.sequence(),
        frozen(publication),
        String.join("\n", configuration),
        facts,
        statements);
  }

  private MonthChange reopening(Decision<MonthChange> closed, List<String> configuration) {
    return MonthChange.reopening(
        period,
        closed.content().closeNumber(),
        publication().sequence(),
        String.join("\n", configuration));
  }

  private static Map<String, String> frozen(Publication publication) {
    Map<String, String> tables = new TreeMap<>(publication.versions());
    tables.keySet().removeIf(table -> !IssuedStatements.is(table) && !ClosedMonths.freezes(table));
    return tables;
  }

  private Map<String, String> facts(Publication publication, int closeNumber) {
    Map<String, String> facts = new TreeMap<>(publication.facts());
    facts.putAll(IssuedStatements.edition());
    facts.putAll(IssuedStatements.languages(config));
    facts.putAll(
        IssuedStatements.contents(
            new Statements(config::locale)
                .groups(
                    this::reporting,
                    period.month(),
                    IssuedStatements.issue(publication.sequence(), closeNumber, now))));
    return facts;
  }

  private Dataset<Row> reporting(String table) {
    return lake.read(new TableName(IssuedStatements.NAMESPACE, table));
  }

  private List<IssuedStatement> issue(Publication publication, int closeNumber) {
    Map<String, IssuedStatement> last = new TreeMap<>();
    closesOf()
        .forEach(
            close -> close.statements().forEach(s -> last.put(key(s.teamId(), s.currency()), s)));
    Map<String, Integer> numbers = new TreeMap<>();
    last.values().forEach(s -> numbers.merge(s.teamId(), s.number(), Math::max));
    Map<String, String> hashes =
        new Statements(config::locale)
                .of(
                    this::reporting,
                    period.month(),
                    Optional.empty(),
                    team ->
                        IssuedStatements.issue(
                            publication.sequence(), numbers.getOrDefault(team, 0) + 1, now))
                .stream()
                .collect(
                    Collectors.toMap(
                        StatementDocument::receiverId, StatementDocument::contentHash));
    List<IssuedStatement> issued = new ArrayList<>();
    for (Row row :
        reporting("statements")
            .where(functions.col("billing_month").equalTo(Date.valueOf(period.firstDay())))
            .where(functions.col("team_id").isNotNull())
            .select("team_id", "billing_currency", "total_cost", "billed_cost")
            .orderBy("team_id", "billing_currency")
            .collectAsList()) {
      String team = row.getString(0);
      String currency = row.getString(1);
      int number = numbers.getOrDefault(team, 0) + 1;
      IssuedStatement before = last.get(key(team, currency));
      issued.add(
          new IssuedStatement(
              IssuedStatement.id(period, team, currency, number),
              period,
              team,
              currency,
              number,
              closeNumber,
              row.getDecimal(2),
              row.getDecimal(3),
              Objects.requireNonNull(hashes.get(team), team),
              now,
              before == null ? null : before.id()));
    }
    return issued;
  }

  private static String key(String team, String currency) {
    return team + "/" + currency;
  }

  private void record(
      String runId, Outcome.Status status, @Nullable String message, List<Outcome> outcomes) {
    String verb = runId.substring(0, runId.indexOf('-'));
    RunLog.Run run = RunLog.Run.endingNow(runId, verb, period.toString(), now);
    lake.ops().record(run, status, message, outcomes);
  }
}
