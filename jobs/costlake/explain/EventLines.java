package costlake.explain;

import static org.apache.spark.sql.functions.col;

import costlake.page.LineCharges;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains the events of a statement: what each cost, and what that is compared with, down to the
 * charges of both months. The line for everything else has the whole of both months, less all other
 * events.
 */
final class EventLines {
  static final String TABLE = "reporting.events";
  private static final String TOTALS = "reporting.statements";
  private static final String CALENDAR = "calendar";
  private static final String EVERYTHING_ELSE = "everything_else";
  private static final String HAND_OVER = "hand_over";
  private static final String OVERLAP = "overlap";
  private static final String MEASURED = "measured";
  private static final String NOW = "now";
  private static final String BEFORE = "before";
  private static final List<String> STATEMENT =
      List.of("billing_month", "receiver_id", "billing_currency");

  /** Selects events, each with the cost of the month before, whole and by day. */
  private static final String COMPARED =
      """
      select *, line_id as step_id, max(if(event = 'calendar', cost, null)) over statement as total_by_day,
          max(if(event = 'calendar', cost_before, null)) over statement as total_before
      from explained_events
      window statement as (partition by billing_month, receiver_id, billing_currency)""";

  private final ComparedCharges charges;
  private final Map<List<Object>, List<Row>> events;
  private final Map<List<Object>, BigDecimal> totals;
  private final List<Row> moves;

  private EventLines(
      ComparedCharges charges,
      Map<List<Object>, List<Row>> events,
      Map<List<Object>, BigDecimal> totals,
      List<Row> moves) {
    this.charges = charges;
    this.events = events;
    this.totals = totals;
    this.moves = moves;
  }

  /**
   * Explains events.
   *
   * @param declared how the page of events names their charges
   * @param lines selects the events by the columns of {@link #TABLE}
   * @param statement selects the statements of these events by month, receiver and currency
   */
  static List<ExplainedLine> lines(
      SparkSession spark, LineCharges declared, Column lines, Column statement) {
    spark.table(TABLE).where(statement).createOrReplaceTempView("explained_events");
    Dataset<Row> selected = spark.sql(COMPARED).where(lines);
    List<Row> found = selected.orderBy("line_id").collectAsList();
    if (found.isEmpty()) {
      return List.of();
    }
    EventLines explained =
        new EventLines(
            ComparedCharges.of(spark, declared, selected),
            events(spark, statement),
            totals(spark, found),
            moves(spark, found));
    return found.stream()
        .map(line -> ExplainedLine.of(line, explained.tree(line)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Returns all events of the statements, by statement. */
  private static Map<List<Object>, List<Row>> events(SparkSession spark, Column statement) {
    return spark.table(TABLE).where(statement).orderBy("position").collectAsList().stream()
        .collect(Collectors.groupingBy(EventLines::statement));
  }

  /** Returns the totals of the receivers of these lines, by statement. */
  private static Map<List<Object>, BigDecimal> totals(SparkSession spark, List<Row> lines) {
    Object[] receivers = lines.stream().map(line -> line.getAs("receiver_id")).distinct().toArray();
    Map<List<Object>, BigDecimal> totals = new HashMap<>();
    spark
        .table(TOTALS)
        .where(col("receiver_id").isin(receivers))
        .collectAsList()
        .forEach(row -> totals.put(statement(row), row.getAs("total_cost")));
    return totals;
  }

  /** Returns what telemetry moved into and out of teams in the months of such lines. */
  private static List<Row> moves(SparkSession spark, List<Row> lines) {
    Object[] months =
        lines.stream()
            .filter(EventLines::isMeasured)
            .map(line -> line.getAs("billing_month"))
            .distinct()
            .toArray();
    return months.length == 0
        ? List.of()
        : spark
            .table(TABLE)
            .where(
                col("event")
                    .equalTo(MEASURED)
                    .and(col("receiver_kind").equalTo("team"))
                    .and(col("billing_month").isin(months)))
            .orderBy("line_id")
            .collectAsList();
  }

  private static boolean isMeasured(Row line) {
    return MEASURED.equals(line.<String>getAs("event"));
  }

  private static List<Object> statement(Row row) {
    return Arrays.asList(STATEMENT.stream().map(row::<Object>getAs).toArray());
  }

  private ExplanationStep tree(Row line) {
    List<ExplanationStep> parts =
        switch (line.<String>getAs("event")) {
          case CALENDAR -> calendar(line);
          case EVERYTHING_ELSE -> everythingElse(line);
          case OVERLAP ->
              whole(
                  line,
                  "charges at the new price that another event of the statement has too: the change"
                      + " of the price is taken back once");
          case MEASURED -> measured(line);
          default -> compared(line);
        };
    return new ExplanationStep(
        label(line), line.getAs("change"), line.getAs("billing_currency"), parts);
  }

  private List<ExplanationStep> calendar(Row line) {
    String id = line.getAs("line_id");
    String label =
        "cost of the month before, %s, for as many days as this month has, less what it was"
            .formatted(
                ExplanationStep.amount(line.getAs("billing_currency"), line.getAs("cost_before")));
    return List.of(side(line, label, line.getAs("change"), charges.of(id, BEFORE)));
  }

  private List<ExplanationStep> compared(Row line) {
    if (isPaidByOther(line)) {
      return paidByOther(line);
    }
    String id = line.getAs("line_id");
    BigDecimal cost = line.getAs("cost");
    BigDecimal before = line.getAs("cost_before");
    return List.of(
        side(line, period(line), cost, charges.of(id, NOW)),
        side(line, comparison(line), before, charges.of(id, BEFORE)).negated());
  }

  /** Names the lines of the teams to or from which the cost moved, without their money. */
  private List<ExplanationStep> measured(Row line) {
    String others =
        moves.stream()
            .filter(other -> isOtherSide(line, other))
            .map(other -> other.<String>getAs("line_id"))
            .collect(Collectors.joining(", "));
    String sentence =
        "what the statement pays for nodes of clusters by use, since telemetry began, less what it"
            + " would pay by the owner rules of the bill";
    return whole(line, others.isEmpty() ? sentence : sentence + "; the other side is " + others);
  }

  private static boolean isOtherSide(Row line, Row other) {
    return other.getAs("billing_month").equals(line.getAs("billing_month"))
        && other.getAs("billing_currency").equals(line.getAs("billing_currency"))
        && change(other).signum() == -change(line).signum();
  }

  private static BigDecimal change(Row event) {
    return event.getAs("change");
  }

  /** Explains an event in one sentence, because its charges do not sum to it. */
  private static List<ExplanationStep> whole(Row line, String sentence) {
    return List.of(
        new ExplanationStep(
            sentence, line.getAs("change"), line.getAs("billing_currency"), List.of()));
  }

  /** Whether another team pays what is idle of a node or a commitment of the receiver. */
  static boolean isPaidByOther(Row line) {
    return HAND_OVER.equals(line.<String>getAs("event"))
        && line.<BigDecimal>getAs("cost").min(line.getAs("cost_before")).signum() < 0;
  }

  /** Returns what the other team pays as a sum: its charges are in its own statement. */
  private static List<ExplanationStep> paidByOther(Row line) {
    String currency = line.getAs("billing_currency");
    String days = "what %s pays of it; the charges are in the statement of that team";
    ExplanationStep now =
        new ExplanationStep(days.formatted(other(line)), line.getAs("cost"), currency, List.of());
    ExplanationStep before =
        new ExplanationStep(
            "less those of the month before, for as many days as this month has",
            line.getAs("cost_before"),
            currency,
            List.of());
    return Stream.of(now, before.negated()).filter(EventLines::hasMoney).toList();
  }

  private static boolean hasMoney(ExplanationStep step) {
    BigDecimal money = step.money();
    return money != null && money.signum() != 0;
  }

  private static String other(Row line) {
    return Stream.of("other_name", "other_id")
        .map(line::<String>getAs)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("other teams");
  }

  /** Returns both months as a whole, less all other events. */
  private List<ExplanationStep> everythingElse(Row line) {
    String id = line.getAs("line_id");
    List<Object> key = statement(line);
    List<Row> all = events.getOrDefault(key, List.of());
    List<ExplanationStep> parts = new ArrayList<>();
    parts.add(side(line, "cost of the month", totals.get(key), charges.of(id, NOW)));
    BigDecimal before = byDay(all).orElseGet(() -> totals.get(before(key)));
    parts.add(
        side(
                line,
                "less the cost of the month before, for as many days as this month has",
                before,
                charges.of(id, BEFORE))
            .negated());
    all.stream().filter(EventLines::isNamed).map(EventLines::less).forEach(parts::add);
    return parts;
  }

  private static ExplanationStep less(Row event) {
    return new ExplanationStep(
            "less " + label(event),
            event.getAs("change"),
            event.getAs("billing_currency"),
            List.of())
        .negated();
  }

  private static boolean isNamed(Row event) {
    return !List.of(CALENDAR, EVERYTHING_ELSE).contains(event.<String>getAs("event"));
  }

  private static Optional<BigDecimal> byDay(List<Row> events) {
    return events.stream()
        .filter(event -> CALENDAR.equals(event.<String>getAs("event")))
        .map(event -> event.<BigDecimal>getAs("cost"))
        .findFirst();
  }

  private static List<Object> before(List<Object> statement) {
    Date month = (Date) statement.get(0);
    List<Object> before = new ArrayList<>(statement);
    before.set(0, Date.valueOf(month.toLocalDate().minusMonths(1)));
    return before;
  }

  /** Returns a side of a comparison with its charges, and what else it has. */
  private static ExplanationStep side(
      Row line, String label, @Nullable BigDecimal money, List<ExplanationStep> found) {
    String currency = line.getAs("billing_currency");
    List<ExplanationStep> parts = new ArrayList<>(found);
    BigDecimal rest = Objects.requireNonNull(money, label).subtract(ExplanationStep.sum(found));
    if (rest.signum() != 0) {
      parts.add(new ExplanationStep(beyondCharges(line), rest, currency, List.of()));
    }
    return new ExplanationStep(label, money, currency, parts);
  }

  /** Says what a side has beyond its charges: corrections only where whole months are stated. */
  private static String beyondCharges(Row line) {
    if (line.getAs("item_id") == null) {
      return Explain.CORRECTED;
    }
    if ("price".equals(line.<String>getAs("event"))) {
      return "at the price of the whole bill";
    }
    return line.getAs("reason") == null
        ? "cost that the event states and no charge of today explains"
        : "what moves inside the receiver";
  }

  private static String label(Row line) {
    String name = Optional.ofNullable(line.<String>getAs("resource_name")).orElse("");
    String described =
        Optional.ofNullable(line.<String>getAs("sku_description"))
            .map(" (%s)"::formatted)
            .orElse("");
    String event = line.<String>getAs("event").replace('_', ' ');
    String what = "%s: %s %s".formatted(line.getAs("line_id"), event, name).strip();
    return what + described + cause(line);
  }

  private static String cause(Row line) {
    return switch (Objects.requireNonNullElse(line.<String>getAs("cause"), "")) {
      case "run_ended" ->
          ", after run %s (%s) of %s ended on %s at %s UTC: %s on %s"
              .formatted(
                  line.getAs("run_id"),
                  line.getAs("run_status"),
                  line.getAs("run_user_id"),
                  line.getAs("ended_day"),
                  line.getAs("ended_time"),
                  line.getAs("workload_id"),
                  line.getAs("node_id"));
      case "node_down" -> ", while %s was down".formatted(line.<String>getAs("node_id"));
      default -> "";
    };
  }

  private static String period(Row line) {
    return line.getAs("first_day") == null
        ? "cost of the month"
        : "cost from %s to %s".formatted(line.getAs("first_day"), line.getAs("last_day"));
  }

  private static String comparison(Row line) {
    return switch (line.<String>getAs("event")) {
      case "price" -> "less the same quantity at the price of the month before";
      case "credit", "refund", "correction" -> "less that of the month before";
      default -> "less that of the month before, for as many days as this month has";
    };
  }
}
