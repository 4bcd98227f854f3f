package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What forecasts of a receiver say: what is expected of the month, and how right they were. */
final class ForecastFindings {
  private static final String TABLE = "forecasts";
  private static final String MONTH = "month";

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  ForecastFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Returns the last forecasts of the month, the shortest first. */
  public List<PrintedRow> next() {
    return statement.rows(TABLE).stream()
        .filter(row -> row.decimalOrNull("actual") == null)
        .sorted(Comparator.comparing(ForecastFindings::end).thenComparing(ForecastFindings::isMonth))
        .toList();
  }

  /** Returns the last forecasts whose period ended in the month, the latest first. */
  public List<PrintedRow> past() {
    return statement.rows(TABLE).stream()
        .filter(row -> row.decimalOrNull("actual") != null)
        .sorted(Comparator.comparing((PrintedRow row) -> row.day("as_of")).reversed())
        .toList();
  }

  private static LocalDate end(PrintedRow row) {
    return row.day("period_end");
  }

  private static boolean isMonth(PrintedRow row) {
    return row.text("period_kind").equals(MONTH);
  }

  /** Returns the forecast of the month of a statement that has a figure; empty if there is none. */
  static Optional<PrintedRow> ofMonth(Statement statement) {
    return statement.rows(TABLE).stream()
        .filter(row -> row.decimalOrNull("actual") == null && isMonth(row))
        .filter(row -> row.number("ahead") == 0 && row.decimalOrNull("expected") != null)
        .findFirst();
  }

  /**
   * Returns the forecasts of a statement that end within its month and have a figure, the shortest
   * first.
   */
  static Stream<PrintedRow> within(Statement statement) {
    return statement.rows(TABLE).stream()
        .filter(row -> row.decimalOrNull("actual") == null && !isMonth(row))
        .filter(row -> row.decimalOrNull("expected") != null)
        .filter(row -> end(row).isBefore(statement.head().month().plusMonths(1).minusDays(1)))
        .sorted(Comparator.comparing(ForecastFindings::end));
  }

  /** States what the month is expected to cost, and how right such forecasts were. */
  public String lede() {
    return ofMonth(statement)
        .map(row -> expected(row) + " " + record(row))
        .orElseGet(
            () ->
                words.say(
                    "No forecast of {0}: no night made one, or its history is too short.",
                    figures.month(statement.head().month())));
  }

  private String expected(PrintedRow row) {
    return words.say(
        "{0} is expected to cost {1} {2}, in four of five cases between {3} and {4}: an estimate"
            + " of {5}.",
        figures.month(statement.head().month()),
        statement.head().currency(),
        figures.whole(row.decimal("expected")),
        figures.whole(row.decimal("low")),
        figures.whole(row.decimal("high")),
        figures.dayOfMonth(row.day("as_of")));
  }

  private String record(PrintedRow row) {
    Integer forecasts = row.numberOrNull("forecasts");
    return forecasts == null
        ? words.say("No such forecast can be compared yet: no month that was forecast is over.")
        : words.say(
            "{0} such forecasts were off by {1} on average; {2} of them came true within their"
                + " interval.",
            figures.count(forecasts),
            figures.percent(row.decimalOrNull("wape")),
            figures.percent(row.decimalOrNull("coverage")));
  }

  /** Names the period of a forecast. */
  public String period(PrintedRow row) {
    return isMonth(row)
        ? figures.month(row.day("period_start"))
        : words.say(
            "{0} days, {1}", row.number("ahead"), figures.days(row.day("period_start"), end(row)));
  }

  /** Returns by which part of what came a forecast was too high; null if nothing came. */
  public @Nullable BigDecimal error(PrintedRow row) {
    BigDecimal actual = row.decimal("actual");
    return FigureFormat.ratio(row.decimal("expected").subtract(actual), actual.abs());
  }

  /** Whether what came is within the interval of a forecast. */
  public boolean isInside(PrintedRow row) {
    BigDecimal actual = row.decimal("actual");
    return actual.compareTo(row.decimal("low")) >= 0 && actual.compareTo(row.decimal("high")) <= 0;
  }
}
