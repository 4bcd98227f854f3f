package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Telemetry moves cost between teams in the month in which it begins: earlier months differ. */
class ComparableMonthsTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");

  private static Statement.Head head(String previous) {
    return Samples.head("60000.00", previous);
  }

  /** Telemetry began in the month of the statement: from 14,000 to 60,000. */
  private static Statement begun() {
    Statement.Head head = head(null);
    PrintedRow calendar = event(head, 1, "calendar", "-400.00");
    PrintedRow measured = event(head, 2, "measured", "47671.25");
    PrintedRow rest = event(head, 3, "everything_else", "-1271.25");
    return Rows.statement(
        head,
        Map.of(
            "events", List.of(calendar, measured, rest),
            "days", EventSamples.days(Samples.plausible().head()),
            "changes", List.of(effect(1, "measured", "47671.25"), effect(2, "other", "-1671.25")),
            "history", history(false, true)));
  }

  private static PrintedRow event(Statement.Head head, int position, String event, String change) {
    return EventSamples.event(head, position, event, null, null, null, change);
  }

  private static PrintedRow effect(int position, String basis, String change) {
    return Rows.row(
        "changes",
        "breakdown",
        "effect",
        "position",
        position,
        "line_id",
        "2026-09/search/USD/x-0" + position,
        "members",
        1,
        "basis",
        basis,
        "change_shown",
        new BigDecimal(change));
  }

  /** Returns months up to September, of which the first ones cost 14,000 and the last 60,000. */
  private static List<PrintedRow> history(Boolean... comparable) {
    return IntStream.range(0, comparable.length)
        .mapToObj(
            i ->
                EventSamples.with(
                    Samples.month(
                        SEPTEMBER.minusMonths(comparable.length - 1L - i),
                        0,
                        new BigDecimal(i == comparable.length - 1 ? "60000.00" : "14000.00"),
                        i > 0),
                    "is_comparable",
                    comparable[i]))
        .toList();
  }

  private static Statement later(Boolean... comparable) {
    return Rows.statement(
        head("58000.00"),
        Map.of(
            "lines",
            Samples.plausible().rows("lines"),
            "history",
            history(comparable),
            "accelerators",
            Samples.plausible().rows("accelerators")));
  }

  private static MonthFindings months(Statement statement) {
    return new MonthFindings(statement, FIGURES, WORDS);
  }

  private static String where(Statement statement) {
    return new WhereFindings(statement, FIGURES, WORDS).lede();
  }

  private static @Nullable String uncompared(Statement statement) {
    return new TeamTable(statement, FIGURES, WORDS).uncompared();
  }

  private static String page(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .web(List.of(statement), StatementStatus.preliminary(1));
  }

  @Test
  void theMonthInWhichTelemetryBeganHasNoMonthBefore() {
    assertThat(new SummaryFindings(begun(), FIGURES, WORDS).sentences())
        .containsExactly(
            "Telemetry began in September 2026: who uses a cluster node now pays for it, so August"
                + " 2026 does not compare.",
            "Telemetry began: use of cluster nodes, before with their owners: +47,671.");
    assertThat(new CauseFindings(begun(), FIGURES, WORDS).lede())
        .isEqualTo(
            "August 2026 does not compare, because telemetry began: telemetry began +47,671,"
                + " everything else −1,671.");
    assertThat(where(begun())).doesNotContain("largest step");
    DailyChart.Drawing days = new DailyChart(begun(), FIGURES, WORDS, Chart.WIDTH).chart();
    assertThat(days.bars()).hasSize(30);
    assertThat(days.averages()).hasSize(1);
  }

  @Test
  void theBridgeNamesWhatMovedAndStillAddsUp() {
    assertThat(begun().before()).isEqualByComparingTo("14000");
    assertThat(begun().difference()).isEqualByComparingTo("46000");
    assertThat(page(begun()))
        .contains(">14,000.00</td>", "+46,000.00", "use of cluster nodes, before with their owners")
        .doesNotContain("328.6");
  }

  @Test
  void whoOwnedTheNodesSeesThemLeave() {
    PrintedRow left = event(head(null), 1, "measured", "-47671.25");
    assertThat(new SummaryFindings(Rows.with(begun(), "events", left), FIGURES, WORDS).sentences())
        .last()
        .isEqualTo("Telemetry began: cluster nodes, now with who uses them: −47,671.");
  }

  @Test
  void laterStatementsShowOnlyMonthsThatCompare() {
    Statement later = later(false, false, false, true, true);
    assertThat(later.comparable("history")).hasSize(2);
    assertThat(months(later).since()).isEqualTo("since August 2026, when telemetry began");
    assertThat(where(later)).doesNotContain("largest step");
    assertThat(page(later))
        .contains(
            "by category of service, since August 2026, when telemetry began",
            "Months before August 2026 are left out",
            "August 2026 to September 2026; the last month came to 60,000")
        .doesNotContain("July 2026,");
  }

  @Test
  void theWorkbookListsOnlyMonthsThatCompare() throws IOException {
    byte[] xlsx =
        new Statements(Locale.US)
            .document(
                new StatementContent(List.of(later(false, false, true, true)), List.of()),
                StatementStatus.preliminary(1))
            .xlsx();
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(xlsx))) {
      XSSFSheet summary = book.getSheetAt(0);
      int last = summary.getLastRowNum();
      Row heads = summary.getRow(last - 2);
      assertThat(heads.getCell(0).getStringCellValue()).isEqualTo("Month");
      assertThat(heads.getCell(2).getStringCellValue())
          .isEqualTo("since August 2026, when telemetry began");
      assertThat(summary.getRow(last - 1).getCell(1).getNumericCellValue()).isEqualTo(14_000);
      assertThat(summary.getRow(last).getCell(1).getNumericCellValue()).isEqualTo(60_000);
    }
  }

  @Test
  void aTeamThatTelemetryMovesNothingToShowsAllMonths() {
    Statement other = later(true, true, true);
    assertThat(other.comparable("history")).hasSize(3);
    assertThat(months(other).since()).isNull();
    assertThat(months(other).leftOut()).isNull();
    assertThat(months(other).history()).isNull();
    assertThat(where(other)).contains("The largest step in 3 months: +46,000");
  }

  @Test
  void aMonthThatWasClosedBeforePrintsAllMonthsWithTheirNote() {
    Statement closed = later(null, null, null);
    assertThat(closed.comparable("history")).hasSize(3);
    assertThat(months(closed).since()).isNull();
    assertThat(months(closed).history()).startsWith("From August 2026 on, telemetry splits");
  }

  @Test
  void theCompanySaysWhySomeOfItsTeamsDoNotCompare() {
    Statement company = Samples.company();
    assertThat(uncompared(company)).isNull();
    PrintedRow[] lines =
        company.rows("lines").stream()
            .map(
                line ->
                    "team".equals(line.text("breakdown"))
                        ? EventSamples.with(line, "previous_shown", null, "is_comparable", false)
                        : line)
            .toArray(PrintedRow[]::new);
    Statement begun = Rows.with(company, "lines", lines);
    assertThat(uncompared(begun)).startsWith("Telemetry began in September 2026: ");
    assertThat(page(begun)).contains("does not compare with the month before.");
    assertThat(new TeamTable(begun, FIGURES, WORDS).finding()).doesNotContain("a day");
  }
}
