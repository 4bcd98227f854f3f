package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The sentences of a printed statement: first lines of pages, findings and actions. Compares their
 * numbers with the rows that the statement prints.
 */
public final class PrintedSentences {
  private static final Pattern TEXT =
      Pattern.compile(
          "<p class=\"lede\">(.*?)</p>|<li>(.*?)</li>|<td>([^<]*) <span class=\"sub command\">",
          Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.,][0-9]+)*");
  private static final Pattern END = Pattern.compile("(?<=[.!?])\\s+(?=[A-ZÄÖÜ])");

  private final Statement statement;
  private final FigureFormat figures;
  private final List<String> sentences;
  private final Set<String> known = new TreeSet<>();

  private PrintedSentences(Statement statement, Locale locale, List<String> sentences) {
    this.statement = statement;
    this.figures = new FigureFormat(locale);
    this.sentences = sentences;
    head();
    statement.tables().values().forEach(this::table);
  }

  /** Reads the sentences of the web page of a statement. */
  static PrintedSentences of(Statement statement, Locale locale) {
    String html =
        new Pages(StatementPages.embedded(), locale)
            .web(List.of(statement), StatementStatus.preliminary(1));
    return new PrintedSentences(statement, locale, sentences(html));
  }

  /** Takes sentences that were written otherwise. */
  static PrintedSentences of(Statement statement, Locale locale, String... sentences) {
    return new PrintedSentences(statement, locale, List.of(sentences));
  }

  /** Returns what is wrong with the sentences of all statements of a month, by receiver. */
  public static Map<String, List<String>> faults(
      SparkSession spark, YearMonth month, Locale locale) {
    ReportingTables tables =
        new ReportingTables(StatementPages.embedded(), name -> spark.table("reporting." + name));
    Map<String, StatementContent> all = new TreeMap<>(tables.groups(month));
    all.putAll(tables.content(month, Optional.empty()));
    Map<String, List<String>> faults = new TreeMap<>();
    all.forEach(
        (receiver, content) ->
            content.parts().forEach(part -> faults.put(receiver, of(part, locale).faults())));
    faults.values().removeIf(List::isEmpty);
    return faults;
  }

  private static List<String> sentences(String html) {
    return TEXT.matcher(html)
        .results()
        .map(PrintedSentences::group)
        .map(
            text ->
                text.replaceAll("<[^>]+>", " ")
                    .replace("&#160;", " ")
                    .replace("&#39;", "'")
                    .replaceAll("\\s+", " "))
        .flatMap(text -> END.splitAsStream(text.strip()))
        .toList();
  }

  private static String group(MatchResult found) {
    return Stream.of(found.group(1), found.group(2), found.group(3))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the sentences that stand twice, and those with a number that no row has. */
  List<String> faults() {
    return Stream.concat(
            repeated().map(sentence -> "twice: " + sentence),
            sentences.stream().filter(this::hasUnknown).map(s -> unknown(s) + " in: " + s))
        .toList();
  }

  private Stream<String> repeated() {
    return sentences.stream()
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(sentence -> sentence.getValue() > 1)
        .map(Map.Entry::getKey);
  }

  private boolean hasUnknown(String sentence) {
    return !unknown(sentence).isEmpty();
  }

  private List<String> unknown(String sentence) {
    return numbers(sentence).filter(number -> !known.contains(number)).toList();
  }

  private static Stream<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group);
  }

  private void head() {
    Statement.Head head = statement.head();
    Stream.of(head.total(), head.previous(), head.difference(), head.billed(), head.workloadIdle())
        .forEach(this::figure);
    Stream.of(head.month(), head.month().minusMonths(1)).forEach(this::day);
    day(head.disputeUntil());
    known.add(String.valueOf(head.month().minusMonths(1).lengthOfMonth()));
    known.add(String.valueOf(statement.days()));
    text(head.receiver().title() + " " + head.number() + " " + head.costCentre());
    text(head.contact());
  }

  private void table(List<PrintedRow> rows) {
    known.add(String.valueOf(rows.size()));
    rows.forEach(this::row);
    figure(sum(rows.stream().map(PrintedSentences::withoutActivity)));
    Stream.of("breakdown", "status", "part", "is_billed_only")
        .flatMap(column -> groups(rows, column).stream())
        .forEach(this::sums);
    sums(rows);
  }

  private static Collection<List<PrintedRow>> groups(List<PrintedRow> rows, String column) {
    return rows.stream()
        .filter(row -> row.containsKey(column))
        .collect(Collectors.groupingBy(row -> String.valueOf(row.get(column))))
        .values();
  }

  private static BigDecimal sum(Stream<BigDecimal> values) {
    return values.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the held hours of a row in which activity was not measured. */
  private static BigDecimal withoutActivity(PrintedRow row) {
    if (!(row.get("allocated_hours") instanceof BigDecimal held)) {
      return BigDecimal.ZERO;
    }
    return row.get("coverage_ratio") instanceof BigDecimal coverage
        ? held.subtract(held.multiply(coverage))
        : held;
  }

  /** Returns the rise of the cost of a day. */
  private BigDecimal ofDay(BigDecimal cost, BigDecimal previous) {
    int daysBefore = statement.head().month().minusMonths(1).lengthOfMonth();
    return Statement.Head.perDay(cost, statement.days())
        .subtract(Statement.Head.perDay(previous, daysBefore));
  }

  private void row(PrintedRow row) {
    List<BigDecimal> decimals = new ArrayList<>();
    row.values()
        .forEach(
            value -> {
              if (value instanceof BigDecimal decimal) {
                decimals.add(decimal);
              } else if (value instanceof LocalDate day) {
                day(day);
              } else if (value != null) {
                text(value.toString());
              }
            });
    decimals.forEach(this::figure);
    decimals.forEach(a -> figure(FigureFormat.ratio(a, statement.head().total())));
    decimals.forEach(a -> decimals.forEach(b -> figure(a.subtract(b))));
    decimals.forEach(a -> decimals.forEach(b -> figure(price(a).subtract(price(b)))));
    if (row.get("cost_shown") instanceof BigDecimal cost
        && row.get("previous_shown") instanceof BigDecimal previous) {
      figure(ofDay(cost, previous));
    }
    if (row.containsKey("hour_of_day")) {
      known.add("%02d".formatted(row.number("hour_of_day")));
      known.add("00");
    }
  }

  /** Sums and counts of columns, their parts of one another and of the total. */
  private void sums(List<PrintedRow> rows) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    Map<String, Set<String>> values = new TreeMap<>();
    for (PrintedRow row : rows) {
      row.forEach(
          (column, value) -> {
            if (value instanceof Number number) {
              sums.merge(column, new BigDecimal(number.toString()), BigDecimal::add);
            }
            values.computeIfAbsent(column, c -> new TreeSet<>()).add(String.valueOf(value));
          });
    }
    values.values().forEach(distinct -> known.add(String.valueOf(distinct.size())));
    sums.values().forEach(this::figure);
    sums.values().forEach(a -> figure(FigureFormat.ratio(a, statement.head().total())));
    sums.values().forEach(a -> sums.values().forEach(b -> figure(FigureFormat.ratio(a, b))));
    sums.values().forEach(a -> sums.values().forEach(b -> figure(FigureFormat.ratio(a, a.add(b)))));
  }

  /** Rounds the price of a unit as pages print it. */
  private static BigDecimal price(BigDecimal value) {
    return value.setScale(4, RoundingMode.HALF_UP);
  }

  private void figure(BigDecimal value) {
    if (value != null) {
      BigDecimal size = value.abs();
      Stream.of(
              figures.money(size),
              figures.whole(size),
              figures.units(size),
              figures.fine(size),
              figures.price(size),
              figures.count(size),
              figures.metric(size),
              figures.percent(size),
              figures.digits(size.setScale(1, RoundingMode.DOWN)))
          .forEach(this::text);
    }
  }

  private void day(LocalDate day) {
    known.add(String.valueOf(day.getDayOfMonth()));
    known.add(String.valueOf(day.getYear()));
  }

  private void text(String text) {
    numbers(text).forEach(known::add);
  }
}
