package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what most of the money was used for, and when it changed most. */
final class WhereFindings {
  /** Smallest change between two months that is mentioned, as a share of the larger month. */
  private static final BigDecimal MENTIONED_MIN = new BigDecimal("0.2");

  private static final int USES_MAX = 3;

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  WhereFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /**
   * Names the largest uses, else the largest service, and the largest change between two months, in
   * one line.
   */
  public String lede() {
    return (statement.rows("uses").isEmpty() ? largestService() : largestUses()) + step();
  }

  private String largestUses() {
    return words.say(
        "Most of the money went to: {0}.",
        statement.rows("uses").stream()
            .sorted(Comparator.comparing((PrintedRow use) -> use.decimal("cost_shown")).reversed())
            .limit(USES_MAX)
            .map(
                use ->
                    words.use(use.text("used_for"))
                        + " "
                        + figures.percent(use.decimalOrNull("share_ratio")))
            .collect(Collectors.joining(", ")));
  }

  private String largestService() {
    List<PrintedRow> services = statement.named("service");
    return services.isEmpty()
        ? words.say("No charge names a service.")
        : words.say(
            "{0} of the total is {1}.",
            figures.percent(services.get(0).decimalOrNull("share_ratio")),
            words.item(services.get(0).textOrNull("name")));
  }

  private String step() {
    TreeMap<LocalDate, BigDecimal> months = new TreeMap<>();
    statement
        .comparable("history")
        .forEach(
            m -> months.merge(m.day("history_month"), m.decimal("cost_shown"), BigDecimal::add));
    return months.keySet().stream()
        .filter(m -> months.containsKey(m.minusMonths(1)) && !beginsSplit(m))
        .max(Comparator.comparing(m -> rise(months, m).abs()))
        .filter(m -> isMentioned(months, m))
        .map(
            m ->
                " "
                    + words.say(
                        "The largest step in {0} months: {1} in {2}.",
                        months.size(), figures.rise(rise(months, m)), figures.month(m)))
        .orElse("");
  }

  /**
   * Whether the month differs from the month before because the cost of nodes is split by use from
   * this month on.
   */
  private boolean beginsSplit(LocalDate month) {
    return month.equals(new MonthFindings(statement, figures, words).splitSince());
  }

  private static BigDecimal rise(Map<LocalDate, BigDecimal> months, LocalDate month) {
    return cost(months, month).subtract(cost(months, month.minusMonths(1)));
  }

  private static BigDecimal cost(Map<LocalDate, BigDecimal> months, LocalDate month) {
    return Objects.requireNonNull(months.get(month), month::toString);
  }

  private static boolean isMentioned(Map<LocalDate, BigDecimal> months, LocalDate month) {
    BigDecimal larger = cost(months, month).abs().max(cost(months, month.minusMonths(1)).abs());
    return months.size() > 2
        && rise(months, month).abs().compareTo(larger.multiply(MENTIONED_MIN)) > 0;
  }
}
