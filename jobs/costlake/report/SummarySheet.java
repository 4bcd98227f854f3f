package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of a workbook: the total, its kinds of cost, and the cost of each month with a
 * chart.
 *
 * @param name name of the sheet
 * @param title title of the statement
 * @param status number, and whether the statement is final
 */
record SummarySheet(
    String name, String title, String status, Statement statement, StatementTexts words) {
  private static final String MONEY = "#,##0.00";
  private static final int HEAD = 3;

  /** Returns the summary of one of the parts of a statement. */
  static SummarySheet of(
      List<Statement> parts, Statement part, StatementStatus issue, StatementTitles titles) {
    String name = titles.words().say("Summary");
    return new SummarySheet(
        parts.size() == 1 ? name : name + " " + part.head().currency(),
        titles.title(part, issue),
        titles.status(part, issue),
        part,
        titles.words());
  }

  /** Writes the sheet. Returns its chart. */
  SheetChart write(Worksheet page) {
    page.value(0, 0, Sheet.text(title));
    page.style(0, 0).bold().fontSize(14).set();
    page.value(1, 0, Sheet.text(status));
    page.width(0, 34);
    for (int column = 1; column < 5; column++) {
      page.width(column, 16);
    }
    page.hideGridLines();
    int next = kinds(page);
    return months(page, next + 2);
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
    ratios(page, sum, sum);
    for (int column = 0; column < 5; column++) {
      page.style(sum, column).bold().format(column < 3 ? MONEY : "0.0%").set();
    }
  }

  private static void ratios(Worksheet page, int row, int sum) {
    int r = row + 1;
    page.formula(row, 3, "IF(SIGN(N(C%1$d))=1,B%1$d/C%1$d-1,\"\")".formatted(r));
    page.formula(row, 4, "IF(B$%2$d=0,\"\",B%1$d/B$%2$d)".formatted(r, sum + 1));
    page.style(row, 3).format("0.0%").set();
    page.style(row, 4).format("0.0%").set();
  }

  private SheetChart months(Worksheet page, int top) {
    Map<LocalDate, BigDecimal> months = new TreeMap<>();
    statement
        .rows("history")
        .forEach(
            row ->
                months.merge(row.day("history_month"), row.decimal("cost_shown"), BigDecimal::add));
    heads(page, top, words.say("Month"), statement.head().currency());
    int row = top;
    for (Map.Entry<LocalDate, BigDecimal> month : months.entrySet()) {
      row++;
      page.value(row, 0, month.getKey());
      page.style(row, 0).format("yyyy-mm").horizontalAlignment("left").set();
      money(page, row, 1, month.getValue());
    }
    return new SheetChart(
        name, words.say("Month by month"), top + 1, months.isEmpty() ? top + 1 : row);
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
