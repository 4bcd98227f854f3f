package costlake.report;

import costlake.report.StatementActions.Action;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of a workbook, in the order of the first page: the total, its kinds of cost and
 * the cost of a day, what happened, what to do, and the cost of each month, with a chart, and of
 * each day.
 *
 * @param name name of the sheet
 * @param title title of the statement
 * @param status number, and whether the statement is final
 */
record SummarySheet(
    String name,
    String title,
    String status,
    Statement statement,
    FigureFormat figures,
    StatementTexts words) {
  private static final String MONEY = "#,##0.00";
  private static final String RISE = "+#,##0.00;-#,##0.00;0.00";
  private static final int HEAD = 3;
  private static final int WIDTH_TEXT = 60;
  private static final int WIDTH = 20;
  private static final int WIDTH_ID = 34;

  /** Rows beside which the chart of the months stands. */
  private static final int CHART_ROWS = 16;

  /** Returns the summary of one of the parts of a statement. */
  static SummarySheet of(
      List<Statement> parts, Statement part, StatementStatus issue, StatementTitles titles) {
    String name = titles.words().say("Summary");
    return new SummarySheet(
        parts.size() == 1 ? name : name + " " + part.head().currency(),
        titles.title(part, issue),
        titles.status(part, issue),
        part,
        titles.figures(),
        titles.words());
  }

  /** Writes the sheet. Returns its chart. */
  SheetChart write(Worksheet page) {
    page.value(0, 0, Sheet.text(title));
    page.style(0, 0).bold().fontSize(14).set();
    page.value(1, 0, Sheet.text(status));
    page.width(0, WIDTH_TEXT);
    for (int column = 1; column < 5; column++) {
      page.width(column, column == 3 ? WIDTH_ID : WIDTH);
    }
    page.hideGridLines();
    int next = actions(page, events(page, perDay(page, kinds(page)) + 2));
    SheetChart chart = months(page, next);
    days(page, Math.max(chart.last(), next + CHART_ROWS) + 2);
    return chart;
  }

  /** Writes the kinds of cost and their sum. Returns the row of the sum. */
  private int kinds(Worksheet page) {
    headsOfKinds(page);
    List<PrintedRow> lines = statement.lines("bridge");
    int sum = HEAD + 1 + lines.size();
    for (int i = 0; i < lines.size(); i++) {
      kind(page, HEAD + 1 + i, lines.get(i));
      ratios(page, HEAD + 1 + i, sum);
    }
    total(page, sum, lines.isEmpty());
    return sum;
  }

  private void headsOfKinds(Worksheet page) {
    String currency = statement.head().currency();
    heads(
        page,
        HEAD,
        words.say("Kind of cost"),
        currency,
        words.say("month before, {0}", currency),
        words.say("change"),
        words.say("share"));
  }

  private void kind(Worksheet page, int row, PrintedRow line) {
    page.value(row, 0, Sheet.text(words.kind(line.text("name"))));
    money(page, row, 1, line.decimal("cost_shown"));
    before(page, row, line.decimalOrNull("previous_shown"));
  }

  /** Writes the money of the month before; nothing if it is unknown. */
  private static void before(Worksheet page, int row, @Nullable BigDecimal previous) {
    if (previous != null) {
      money(page, row, 2, previous);
    }
  }

  private void total(Worksheet page, int sum, boolean empty) {
    page.value(sum, 0, words.say("Total"));
    if (empty) {
      money(page, sum, 1, statement.head().total());
    } else {
      page.formula(sum, 1, "SUM(B%d:B%d)".formatted(HEAD + 2, sum));
    }
    before(page, sum, statement.head().previous());
    change(page, sum);
    share(page, sum, sum);
    for (int column = 0; column < 5; column++) {
      page.style(sum, column).bold().format(column < 3 ? MONEY : "0.0%").set();
    }
  }

  private static void ratios(Worksheet page, int row, int sum) {
    change(page, row);
    share(page, row, sum);
  }

  private static void change(Worksheet page, int row) {
    page.formula(row, 3, "IF(SIGN(N(C%1$d))=1,B%1$d/C%1$d-1,\"\")".formatted(row + 1));
    page.style(row, 3).format("0.0%").set();
  }

  private static void share(Worksheet page, int row, int sum) {
    page.formula(row, 4, "IF(B$%2$d=0,\"\",B%1$d/B$%2$d)".formatted(row + 1, sum + 1));
    page.style(row, 4).format("0.0%").set();
  }

  /** Writes the cost of a day below the total. Returns its row. */
  private int perDay(Worksheet page, int sum) {
    int row = sum + 1;
    page.value(row, 0, words.say("Cost of a day"));
    money(page, row, 1, statement.perDay());
    before(page, row, statement.head().previousPerDay());
    change(page, row);
    return row;
  }

  /**
   * Writes the events that changed the total, if the statement has any. Returns the row below them.
   */
  private int events(Worksheet page, int top) {
    List<PrintedRow> events = statement.rows("events");
    if (events.isEmpty()) {
      return top;
    }
    heads(
        page,
        top,
        words.say("What happened"),
        words.say("Change ({0})", statement.head().currency()),
        words.say("Days"),
        words.say("Line"));
    EventTexts texts = new EventTexts(statement, figures, words);
    for (int i = 0; i < events.size(); i++) {
      PrintedRow event = events.get(i);
      texts(page, top + 1 + i, texts.what(event), texts.days(event), event.id());
      money(page, top + 1 + i, 1, EventTexts.change(event));
      page.style(top + 1 + i, 1).format(RISE).set();
    }
    return top + events.size() + 2;
  }

  /** Writes the proposed actions, if there are any. Returns the row below them. */
  private int actions(Worksheet page, int top) {
    List<Action> actions = new StatementActions(statement, figures, words).proposed();
    if (actions.isEmpty()) {
      return top;
    }
    heads(
        page,
        top,
        words.say("Action"),
        words.say("Would have saved ({0})", statement.head().currency()),
        words.say("Who"),
        words.say("Line"));
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      texts(page, top + 1 + i, action.text(), action.owner(), action.line().id());
      money(page, top + 1 + i, 1, action.money());
    }
    return top + actions.size() + 2;
  }

  /** Writes a text, what is beside its amount, and the id of its line. */
  private static void texts(Worksheet page, int row, String text, String beside, String line) {
    page.value(row, 0, Sheet.text(text));
    page.style(row, 0).wrapText(true).verticalAlignment("top").set();
    page.value(row, 2, Sheet.text(beside));
    page.value(row, 3, Sheet.text(line));
  }

  private SheetChart months(Worksheet page, int top) {
    headsOfMonths(page, top);
    Map<LocalDate, BigDecimal> months = new TreeMap<>();
    statement
        .comparable("history")
        .forEach(
            row ->
                months.merge(row.day("history_month"), row.decimal("cost_shown"), BigDecimal::add));
    int row = top;
    for (Map.Entry<LocalDate, BigDecimal> month : months.entrySet()) {
      row++;
      day(page, row, month.getKey(), "yyyy-mm");
      money(page, row, 1, month.getValue());
    }
    return new SheetChart(
        name, words.say("Month by month"), top + 1, months.isEmpty() ? top + 1 : row);
  }

  private void headsOfMonths(Worksheet page, int row) {
    heads(page, row, words.say("Month"), statement.head().currency());
    String since = new MonthFindings(statement, figures, words).since();
    if (since != null) {
      page.value(row, 2, since);
    }
  }

  /** Writes the days of the month, each with its largest booking, if it has one. */
  private void days(Worksheet page, int top) {
    List<PrintedRow> days = statement.daysOfMonth();
    if (days.isEmpty()) {
      return;
    }
    heads(
        page,
        top,
        words.say("Day"),
        statement.head().currency(),
        "",
        words.say("Largest credit, refund or correction"));
    for (int i = 0; i < days.size(); i++) {
      day(page, top + 1 + i, days.get(i).day("usage_date"), "yyyy-mm-dd");
      money(page, top + 1 + i, 1, days.get(i).decimal("cost_shown"));
      booking(page, top + 1 + i, days.get(i).textOrNull("booking"));
    }
  }

  private static void booking(Worksheet page, int row, @Nullable String booking) {
    if (booking != null) {
      page.value(row, 3, Sheet.text(booking));
    }
  }

  private static void day(Worksheet page, int row, LocalDate day, String format) {
    page.value(row, 0, day);
    page.style(row, 0).format(format).horizontalAlignment("left").set();
  }

  private static void heads(Worksheet page, int row, String... texts) {
    for (int column = 0; column < texts.length; column++) {
      page.value(row, column, texts[column]);
      page.style(row, column).bold().borderStyle("thin").set();
    }
  }

  private static void money(Worksheet page, int row, int column, BigDecimal money) {
    page.value(row, column, money);
    page.style(row, column).format(MONEY).set();
  }
}
