package costlake.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what accelerators cost in all, what their hours cost and why, and when they were idle. */
final class AcceleratorFindings {
  private static final int WEEKENDS_MIN = 3;
  private static final int HOURS_OF_WEEKEND = 48;

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  AcceleratorFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  private List<PrintedRow> rows() {
    return statement.rows("accelerators");
  }

  /** Whether only the bill knows the accelerators of a row. */
  static boolean isBilledOnly(PrintedRow accelerator) {
    return Boolean.TRUE.equals(accelerator.get("is_billed_only"));
  }

  /** Returns the sum of the printed costs of all accelerators; null if one is unknown. */
  public @Nullable BigDecimal cost() {
    List<BigDecimal> costs = known(rows(), "cost_shown");
    return costs.size() < rows().size() ? null : sum(costs);
  }

  private static List<BigDecimal> known(List<PrintedRow> rows, String column) {
    return rows.stream().map(row -> row.decimalOrNull(column)).filter(Objects::nonNull).toList();
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the sum of the printed parts of idle cost. */
  public BigDecimal idleCost() {
    return statement.rows("idle_costs").stream()
        .map(row -> row.decimal("cost_shown"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Says how many hours only the bill knows; null if there are none. */
  public @Nullable String billedOnly() {
    List<PrintedRow> billed = rows().stream().filter(AcceleratorFindings::isBilledOnly).toList();
    if (billed.isEmpty()) {
      return null;
    }
    List<BigDecimal> hours = known(billed, "provisioned_hours");
    return words.say(
        hours.size() < billed.size()
            ? "At least {0} further accelerator-hours are billed, not measured: the bill does not"
                + " say all hours."
            : "{0} further accelerator-hours are billed, not measured.",
        figures.units(sum(hours)));
  }

  /** Returns the prices of the accelerators whose price is known, in the order of print. */
  public List<AcceleratorPrice> prices() {
    return rows().stream()
        .filter(row -> row.decimalOrNull("paid_price") != null)
        .flatMap(this::prices)
        .toList();
  }

  private Stream<AcceleratorPrice> prices(PrintedRow row) {
    AcceleratorPrice own = AcceleratorPrice.of(row);
    return ofCompany() || row.decimalOrNull("company_paid_price") == null
        ? Stream.of(own)
        : Stream.of(own, AcceleratorPrice.ofCompany(row));
  }

  private boolean ofCompany() {
    return statement.head().receiver().isCompany();
  }

  /** Says why an hour costs more or less than the company's, in one sentence for each model. */
  public List<String> priceReasons() {
    return ofCompany()
        ? List.of()
        : rows().stream()
            .filter(row -> row.decimalOrNull("paid_price") != null)
            .filter(row -> row.decimalOrNull("company_paid_price") != null)
            .map(this::reason)
            .filter(Objects::nonNull)
            .toList();
  }

  private @Nullable String reason(PrintedRow row) {
    AcceleratorPrice own = AcceleratorPrice.of(row);
    AcceleratorPrice company = AcceleratorPrice.ofCompany(row);
    BigDecimal difference = own.paid().subtract(company.paid());
    if (difference.signum() == 0) {
      return null;
    }
    String compared =
        words.say(
            difference.signum() > 0
                ? "An hour of {0} costs {1} {2}, {3} more than the company's."
                : "An hour of {0} costs {1} {2}, {3} less than the company's.",
            row.text("accelerator_model"),
            statement.head().currency(),
            figures.price(own.paid()),
            figures.price(difference.abs()));
    return compared + " " + cause(own, company);
  }

  private String cause(AcceleratorPrice own, AcceleratorPrice company) {
    return own.reason(
        company,
        figures,
        words,
        words.say(
            "Largest reason: spot and negotiated prices; {0} of its hours are spot, {1} of the"
                + " company's.",
            figures.percent(own.spot()), figures.percent(company.spot())),
        words.say(
            "Largest reason: commitments cover {0} of its hours, and {1} of the company's.",
            figures.percent(own.committed()), figures.percent(company.committed())));
  }

  /**
   * Says in which hour of the week most accelerators stood idle, if so in most weeks of the month;
   * else on which day and hour of the month; empty if no hour is known.
   */
  public String idlest() {
    return usual().or(this::once).orElse("");
  }

  /** An hour of the week. */
  private record WeekHour(DayOfWeek day, int hour) {
    static WeekHour of(PrintedRow row) {
      return new WeekHour(row.day("usage_date").getDayOfWeek(), row.number("hour_of_day"));
    }
  }

  private Optional<String> usual() {
    Map<WeekHour, List<BigDecimal>> weeks =
        idleHours()
            .collect(
                groupingBy(
                    WeekHour::of,
                    () -> new TreeMap<>(comparing(WeekHour::day).thenComparing(WeekHour::hour)),
                    mapping(AcceleratorFindings::idle, toList())));
    return weeks.entrySet().stream()
        .map(hour -> Map.entry(hour.getKey(), inMostWeeks(hour.getKey().day(), hour.getValue())))
        .filter(hour -> hour.getValue().signum() > 0)
        .max(Map.Entry.comparingByValue())
        .map(
            hour ->
                words.say(
                    "In most weeks, at least {2} accelerators stood idle on {0} at {1}:00 UTC.",
                    figures.weekdays().get(hour.getKey().day().getValue() - 1),
                    "%02d".formatted(hour.getKey().hour()),
                    figures.units(hour.getValue())));
  }

  /** Returns how many were idle, at least, on more than half of these weekdays of the month. */
  private BigDecimal inMostWeeks(DayOfWeek day, List<BigDecimal> idle) {
    LocalDate month = statement.head().month();
    long days = month.datesUntil(month.plusMonths(1)).filter(d -> d.getDayOfWeek() == day).count();
    return idle.stream()
        .sorted(Comparator.reverseOrder())
        .skip(days / 2)
        .findFirst()
        .orElse(BigDecimal.ZERO)
        .setScale(1, RoundingMode.DOWN);
  }

  private Optional<String> once() {
    return idleHours()
        .max(comparing(AcceleratorFindings::idle))
        .map(
            hour ->
                words.say(
                    "Most stood idle on {0} at {1}:00 UTC: {2} accelerators.",
                    figures.dayOfMonth(hour.day("usage_date")),
                    "%02d".formatted(hour.number("hour_of_day")),
                    figures.units(idle(hour))));
  }

  private Stream<PrintedRow> idleHours() {
    return statement.rows("idle_calendar").stream()
        .filter(hour -> hour.decimalOrNull("idle_accelerators") != null);
  }

  private static BigDecimal idle(PrintedRow hour) {
    return hour.decimal("idle_accelerators");
  }

  /**
   * Says how many accelerators were idle in every hour of every weekend; null if one hour had none
   * or is unknown, or if the month has too few weekends to say so.
   */
  public @Nullable String weekends() {
    List<LocalDate> saturdays = saturdays();
    Map<LocalDate, List<BigDecimal>> idle = idleOfWeekends();
    boolean always =
        saturdays.stream()
            .allMatch(day -> idle.getOrDefault(day, List.of()).size() == HOURS_OF_WEEKEND);
    if (saturdays.size() < WEEKENDS_MIN || !always) {
      return null;
    }
    BigDecimal least =
        saturdays.stream()
            .flatMap(day -> Objects.requireNonNull(idle.get(day)).stream())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return words.say(
        "In every hour of all {0} weekends, at least {1} accelerators stood idle.",
        saturdays.size(), figures.units(least));
  }

  /** Returns the Saturdays whose Sunday is in the month, too. */
  private List<LocalDate> saturdays() {
    LocalDate month = statement.head().month();
    return IntStream.range(1, month.lengthOfMonth())
        .mapToObj(month::withDayOfMonth)
        .filter(day -> day.getDayOfWeek() == DayOfWeek.SATURDAY)
        .toList();
  }

  private Map<LocalDate, List<BigDecimal>> idleOfWeekends() {
    Map<LocalDate, List<BigDecimal>> idle = new HashMap<>();
    idleHours()
        .forEach(
            hour -> {
              LocalDate day = hour.day("usage_date");
              int sinceSaturday = day.getDayOfWeek().getValue() - DayOfWeek.SATURDAY.getValue();
              if (sinceSaturday >= 0) {
                idle.merge(
                    day.minusDays(sinceSaturday), List.of(idle(hour)), AcceleratorFindings::joined);
              }
            });
    return idle;
  }

  private static List<BigDecimal> joined(List<BigDecimal> first, List<BigDecimal> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
