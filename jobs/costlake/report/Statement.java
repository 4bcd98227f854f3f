package costlake.report;

import static java.util.Comparator.naturalOrder;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The statement of a receiver for one month in one currency, read from the reporting tables. */
public final class Statement {
  private static final int NAME_MAX = 44;
  private static final String EVENTS = "events";

  private final Head head;
  private final Map<String, List<PrintedRow>> tables;
  private final @Nullable PrintedRow measured;
  private final @Nullable BigDecimal moved;

  /**
   * Creates a statement.
   *
   * @param tables the rows that pages print, by the names of {@link StatementPages#tables} and
   *     {@link StatementPages#teamTables}
   */
  public Statement(Head head, Map<String, List<PrintedRow>> tables) {
    this.head = head;
    this.tables = Map.copyOf(tables);
    List<PrintedRow> events = tables.getOrDefault(EVENTS, List.of());
    this.measured = events.stream().filter(EventTexts::isMeasured).findFirst().orElse(null);
    this.moved = measured == null ? null : sum(events);
  }

  private static BigDecimal sum(List<PrintedRow> events) {
    return events.stream().map(EventTexts::change).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns who the statement is for, and its totals. */
  public Head head() {
    return head;
  }

  /** Returns the rows that pages print, by the name of their table. */
  public Map<String, List<PrintedRow>> tables() {
    return tables;
  }

  /** Returns the rows of a table, in the order in which they are printed. */
  public List<PrintedRow> rows(String table) {
    List<PrintedRow> rows = tables.get(table);
    if (rows == null) {
      throw Failure.internal(
          "A page reads '%s', but no file in reports/pages describes it.%s",
          table, Nearest.hint(table, tables.keySet()));
    }
    return rows;
  }

  /** Returns the budget of the receiver for the month; null if none is set. */
  @Nullable PrintedRow budget() {
    return rows("budget").stream().findFirst().orElse(null);
  }

  /** Returns the rows of one breakdown of a table, in the order in which they are printed. */
  private List<PrintedRow> rows(String table, String breakdown) {
    return rows(table).stream().filter(row -> breakdown.equals(row.text("breakdown"))).toList();
  }

  /** Returns the lines of one breakdown, in the order in which they are printed. */
  public List<PrintedRow> lines(String breakdown) {
    return rows("lines", breakdown);
  }

  /** Returns the lines of a breakdown; none if its only line has no name. */
  public List<PrintedRow> named(String breakdown) {
    List<PrintedRow> found = lines(breakdown);
    return found.size() == 1 && isUnnamed(found.get(0)) ? List.of() : found;
  }

  /** Returns the shares of the rows of a table that sum to its total. */
  public Shares shares(List<PrintedRow> rows) {
    return Shares.of(rows, "share_ratio");
  }

  /** Whether a line shows the cost without a name, e.g. the cost without a project. */
  public static boolean isUnnamed(PrintedRow line) {
    return line.number("members") == 1 && line.textOrNull("name") == null;
  }

  /** Returns the cost without a name in a breakdown; null if there is none. */
  @Nullable BigDecimal unnamed(String breakdown) {
    return lines(breakdown).stream()
        .filter(Statement::isUnnamed)
        .findFirst()
        .map(line -> line.decimal("cost_shown"))
        .orElse(null);
  }

  /**
   * Returns the parts of the change, by effect or by item, in the order in which they are printed.
   * Leaves out those whose money rounds to nothing.
   */
  public List<PrintedRow> changes(String breakdown) {
    return rows("changes", breakdown).stream()
        .filter(change -> change.decimal("change_shown").signum() != 0)
        .toList();
  }

  /** Returns how many days the total is for: those of the month, or those billed so far. */
  public int days() {
    return head.billedUntil().getDayOfMonth();
  }

  /**
   * Whether this is the statement of a cost centre that has one team, whose statement has it all.
   */
  public boolean isOfOneTeam() {
    return "cost_centre".equals(head.receiver().kind()) && named("team").size() == 1;
  }

  /** Returns the number of the statement of a team, for the same month and currency. */
  public String numberOf(String team) {
    return head.number().replace("/" + head.receiver().id() + "/", "/" + team + "/");
  }

  /** Returns the rows of the days of the month. The table also has those of the month before. */
  List<PrintedRow> daysOfMonth() {
    return rows("days").stream()
        .filter(row -> !row.day("usage_date").isBefore(head.month()))
        .toList();
  }

  /** Returns the total divided by these days. */
  public BigDecimal perDay() {
    return head.perDay(days());
  }

  /**
   * Returns the rows of a table of months that compare with the month of the statement. In months
   * that were closed before the history said so, these are all rows.
   */
  public List<PrintedRow> comparable(String table) {
    LocalDate since = comparableSince();
    return since == null
        ? rows(table)
        : rows(table).stream().filter(row -> !row.day("history_month").isBefore(since)).toList();
  }

  static boolean isComparable(PrintedRow row) {
    return !Boolean.FALSE.equals(row.get("is_comparable"));
  }

  /**
   * Returns the first month of the history that compares with that of the statement, because
   * telemetry began; null if all do.
   */
  @Nullable LocalDate comparableSince() {
    List<PrintedRow> history = rows("history");
    return history.stream().allMatch(Statement::isComparable)
        ? null
        : history.stream()
            .filter(Statement::isComparable)
            .map(row -> row.day("history_month"))
            .min(naturalOrder())
            .orElse(null);
  }

  /** Returns what telemetry moved that began in the month; null if it moved nothing. */
  @Nullable PrintedRow measured() {
    return measured;
  }

  /** Returns the total of the month before, also if it does not compare; null if there was none. */
  public @Nullable BigDecimal before() {
    return moved == null ? head.previous() : head.total().subtract(moved);
  }

  /** Returns the difference to that total; null if there was none. */
  public @Nullable BigDecimal difference() {
    return moved == null ? head.difference() : moved;
  }

  /** Returns the increase of the cost of a day; null if the earlier total is unknown. */
  public @Nullable BigDecimal risePerDay() {
    BigDecimal before = head.previousPerDay();
    return before == null ? null : perDay().subtract(before);
  }

  /** Returns the cost of one kind; null if there is none. */
  public @Nullable BigDecimal cost(String kind) {
    return lines("bridge").stream()
        .filter(line -> kind.equals(line.textOrNull("name")))
        .map(line -> line.decimal("cost_shown"))
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  /** Returns the money of a measure of data quality; null if it was not measured. */
  public @Nullable BigDecimal measured(String measure) {
    return rows("quality").stream()
        .filter(check -> measure.equals(check.text("measure")))
        .findFirst()
        .map(check -> check.decimalOrNull("money_shown"))
        .orElse(null);
  }

  /**
   * Returns the accelerators that were allocated to a workload. Only these have a meaningful cost
   * per hour.
   */
  public List<PrintedRow> held() {
    return rows("accelerators").stream().filter(Statement::isHeld).toList();
  }

  static boolean isHeld(PrintedRow accelerator) {
    BigDecimal allocated = accelerator.decimalOrNull("allocated_hours");
    return allocated != null && allocated.signum() > 0;
  }

  /** Whether a model has a benefit, in the currency of the statement or in another currency. */
  public static boolean reportsValue(PrintedRow value) {
    return value.decimalOrNull("benefit_shown") != null
        || "benefit_in_other_currency".equals(value.textOrNull("status"));
  }

  /**
   * Returns the first month of the history in which the cost of nodes was split by use; null if it
   * was split in no month or in all months. Only tables that were closed before they said which
   * months compare have it.
   */
  @Nullable LocalDate splitSince() {
    List<PrintedRow> history =
        rows("history").stream().filter(row -> row.get("is_comparable") == null).toList();
    LocalDate since =
        history.stream()
            .filter(row -> row.is("is_split"))
            .map(row -> row.day("history_month"))
            .min(naturalOrder())
            .orElse(null);
    boolean began =
        since != null && history.stream().anyMatch(row -> row.day("history_month").isBefore(since));
    return began ? since : null;
  }

  /**
   * Returns the full names of the lines whose name does not fit the column. The statement prints
   * them in a separate list.
   */
  public List<String> longNames() {
    return rows("lines").stream()
        .map(line -> line.textOrNull("name"))
        .filter(Objects::nonNull)
        .map(SafeNames::plain)
        .filter(name -> name.codePointCount(0, name.length()) > NAME_MAX)
        .distinct()
        .toList();
  }

  /** Returns the words and the id of each endpoint that pages name in words. */
  public List<String> endpointIds() {
    return rows("endpoints").stream()
        .filter(row -> row.textOrNull("endpoint_name") != null)
        .map(row -> SafeNames.plain(row.text("endpoint_name") + ": " + row.text("endpoint_id")))
        .distinct()
        .toList();
  }

  /**
   * Who a statement is for.
   *
   * @param kind {@code team}, {@code project}, {@code cost_centre} or {@code company}
   * @param id id in {@code reporting.*}; unique among all kinds
   * @param name name to print; null for a team that is not configured
   */
  public record Receiver(String kind, String id, @Nullable String name) {
    static final String TEAM = "team";
    static final String COMPANY = "company";

    /** Kinds whose lines are sums of charges; lines of other kinds are sums of lines of teams. */
    public static final List<String> OF_CHARGES = List.of(TEAM, "project");

    static Receiver of(Row row) {
      return new Receiver(
          row.getAs("receiver_kind"), row.getAs("receiver_id"), row.getAs("receiver_name"));
    }

    /** Creates a team as receiver. */
    public static Receiver team(String id, @Nullable String name) {
      return new Receiver(TEAM, id, name);
    }

    /**
     * Whether the receiver is not a team, so that its statement may show figures of several teams.
     */
    public boolean isGroup() {
      return !kind.equals(TEAM);
    }

    /** Whether the receiver is the company, whose statement has the cost of all teams. */
    boolean isCompany() {
      return kind.equals(COMPANY);
    }

    /** Whether its lines are the sums of lines in the statements of teams. */
    public boolean isSumOfTeams() {
      return !OF_CHARGES.contains(kind);
    }

    /** Returns the id without its kind, as the configuration has it. */
    String shortId() {
      return isGroup() ? id.substring(id.indexOf('.') + 1) : id;
    }

    /** Returns the name, or the id if there is none. */
    public String title() {
      return name == null ? id : name;
    }
  }

  /**
   * The totals of a statement: one row of reporting.statements.
   *
   * @param billedUntil last day that the bills of the month cover
   * @param converted total in the reporting currency of the receiver; null if the receiver has no
   *     reporting currency
   */
  public record Head(
      LocalDate month,
      Receiver receiver,
      String currency,
      @Nullable String costCentre,
      String company,
      String contact,
      LocalDate disputeUntil,
      LocalDate billedUntil,
      BigDecimal total,
      @Nullable BigDecimal previous,
      BigDecimal billed,
      @Nullable BigDecimal workloadIdle,
      @Nullable Conversion converted) {
    private static final int PER_DAY_DIGITS = 9;

    static Head of(Row row) {
      return new Head(
          day(row, "billing_month"),
          Receiver.of(row),
          row.getAs("billing_currency"),
          row.getAs("cost_centre"),
          row.getAs("company_name"),
          row.getAs("contact"),
          day(row, "dispute_until"),
          lastBilledDay(row),
          row.getAs("total_shown"),
          row.getAs("previous_shown"),
          row.getAs("billed_shown"),
          row.getAs("workload_idle_shown"),
          Conversion.of(row));
    }

    /**
     * Returns the increase of the total since the month before; null if the earlier total is
     * unknown.
     */
    public @Nullable BigDecimal difference() {
      return previous == null ? null : total.subtract(previous);
    }

    /** Returns the total divided by a number of days. */
    BigDecimal perDay(int days) {
      return perDay(total, days);
    }

    /** Returns the total of the month before by day; null if it is unknown. */
    public @Nullable BigDecimal previousPerDay() {
      return previous == null ? null : perDay(previous, month.minusMonths(1).lengthOfMonth());
    }

    static BigDecimal perDay(BigDecimal total, int days) {
      return total.divide(BigDecimal.valueOf(days), PER_DAY_DIGITS, RoundingMode.HALF_UP);
    }

    /** Returns the number of the statement. The id of each line begins with it. */
    public String number() {
      return month.toString().substring(0, 7) + "/" + receiver.id() + "/" + currency;
    }
  }

  /**
   * A total in the reporting currency of the receiver.
   *
   * @param rate last exchange rate of the month. If there is none, rate, date, source and total are
   *     null
   * @param previous total of the month before, at the rate of that month; null if there is no such
   *     total
   */
  public record Conversion(
      String currency,
      @Nullable BigDecimal rate,
      @Nullable LocalDate date,
      @Nullable String source,
      @Nullable BigDecimal total,
      @Nullable BigDecimal previous) {
    private static @Nullable Conversion of(Row row) {
      return row.getAs("reporting_currency") == null
          ? null
          : new Conversion(
              row.getAs("reporting_currency"),
              row.getAs("exchange_rate"),
              dayOrNull(row, "exchange_rate_date"),
              row.getAs("exchange_rate_source"),
              row.getAs("converted_shown"),
              row.getAs("converted_previous_shown"));
    }
  }

  /**
   * Returns the last day billed. Older tables of closed months lack the column; they are billed to
   * their end.
   */
  private static LocalDate lastBilledDay(Row row) {
    return List.of(row.schema().fieldNames()).contains("billed_until")
        ? day(row, "billed_until")
        : YearMonth.from(day(row, "billing_month")).atEndOfMonth();
  }

  private static @Nullable LocalDate dayOrNull(Row row, String column) {
    return row.getAs(column) == null ? null : day(row, column);
  }

  private static LocalDate day(Row row, String column) {
    return LocalDate.parse(Objects.requireNonNull(row.<Object>getAs(column), column).toString());
  }
}
