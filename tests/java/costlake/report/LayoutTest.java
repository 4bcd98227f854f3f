package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sheets, headings, colours and names of statements as a reader sees them. */
class LayoutTest {
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");
  private static final Pattern MONEY = Pattern.compile("class=\"n[^>]*>[^<]*[.][0-9]{2}<");
  private static final double POINTS_PER_MM = 72 / 25.4;
  private static final double TOP_MM = 25;
  private static final double BOTTOM_MM = 297 - 19;
  private static final double A_THIRD = 1 / 3.0;

  static Stream<Statement> samples() {
    return Stream.of(
        Samples.plausible(),
        Samples.hostile(),
        Samples.credits(),
        Samples.crowded(),
        Samples.company(),
        ServingSamples.serving(),
        InvoiceSamples.company(),
        InvoiceSamples.team());
  }

  private static StatementDocument document(Locale locale, Statement statement) {
    return new Statements(locale)
        .document(
            new StatementContent(List.of(statement), List.of()), StatementStatus.preliminary(7));
  }

  private static String html(Locale locale, Statement statement) {
    return new String(document(locale, statement).html(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noSheetButTheLastIsUnderAThirdFull(Statement statement) throws IOException {
    for (Locale locale : List.of(Locale.US, Locale.GERMANY)) {
      List<Double> filled = filled(document(locale, statement).pdf());
      assertThat(filled.subList(0, filled.size() - 1)).allMatch(part -> part >= A_THIRD);
    }
  }

  /** Returns for each sheet how much of it is above its last text, without head and foot. */
  private static List<Double> filled(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      List<Double> filled = new ArrayList<>();
      for (int sheet = 1; sheet <= document.getNumberOfPages(); sheet++) {
        Lowest lowest = new Lowest(sheet);
        lowest.getText(document);
        filled.add((lowest.mm - TOP_MM) / (BOTTOM_MM - TOP_MM));
      }
      return filled;
    }
  }

  private static final class Lowest extends PDFTextStripper {
    private double mm;

    Lowest(int sheet) {
      setStartPage(sheet);
      setEndPage(sheet);
    }

    @Override
    protected void processTextPosition(TextPosition text) {
      double bottom = text.getYDirAdj() / POINTS_PER_MM;
      if (bottom < BOTTOM_MM) {
        mm = Math.max(mm, bottom);
      }
    }
  }

  @Test
  void aLongTableKeepsItsLastRowsAndItsNoteTogether() {
    String row = "<tr id=\"a\"><td>1</td></tr>";
    String head = "<table class=\"rows\"><thead><tr><th>a</th></tr></thead>";
    String note = "\n<p class=\"note\">why</p>";
    String shorter = head + "<tbody>" + row.repeat(5) + "</tbody></table>" + note;
    assertThat(PaperTables.marked(shorter)).isEqualTo(shorter);
    String longer = head + "<tbody>" + row.repeat(6) + "</tbody></table>";
    assertThat(PaperTables.marked(longer + note + longer))
        .isEqualTo(
            broken(" long noted", row) + "<p class=\"note under\">why</p>" + broken(" long", row));
  }

  private static String broken(String classes, String row) {
    return "<table class=\"rows%s\"><thead><tr><th>a</th></tr></thead><tbody>%s</tbody><tbody class=\"end\">%s</tbody></table>"
        .formatted(classes, row.repeat(3), row.repeat(3));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void headingsOfMoneyNameTheCurrency(Statement statement) {
    String html = html(Locale.US, statement);
    List<String> blocks = List.of(html.substring(html.indexOf("<h2>")).split("<h2>", -1));
    List<String> withMoney = blocks.stream().filter(block -> MONEY.matcher(block).find()).toList();
    assertThat(withMoney).isNotEmpty().allMatch(LayoutTest::namesTheCurrency);
  }

  private static boolean namesTheCurrency(String block) {
    String heading = block.substring(0, block.indexOf("</h2>"));
    String columns = block.replaceFirst("(?s).*?<thead>", "").replaceFirst("(?s)</thead>.*", "");
    return (heading + columns).contains("USD");
  }

  @Test
  void aCategoryHasItsColourWhateverItsRank() {
    HistoryChart charts =
        new HistoryChart(new FigureFormat(Locale.US), new StatementTexts(Locale.US));
    Chart first = charts.chart(List.of(use("storage", 0), use("training", 1)), SEPTEMBER, null);
    Chart last = charts.chart(List.of(use("training", 0), use("storage", 1)), SEPTEMBER, null);
    assertThat(Objects.requireNonNull(first).legend())
        .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(last).legend());
    assertThat(first.marks().stream().map(Chart.Mark::fill))
        .containsExactly(ChartColours.category("storage"), ChartColours.category("training"));
    assertThat(ChartColours.category("a new use")).isEqualTo(ChartColours.category("a new use"));
  }

  private static PrintedRow use(String name, int position) {
    return Rows.row(
        "use_months",
        "history_month",
        SEPTEMBER,
        "series",
        name,
        "series_position",
        position,
        "cost_shown",
        BigDecimal.TEN,
        "is_split",
        false);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyColourOfAChartHasOneForDarkScreens(Statement statement) {
    String html = html(Locale.US, statement);
    List<String> fills =
        Pattern.compile("<rect [^>]*fill=\"(#[0-9a-f]{6})\"")
            .matcher(html)
            .results()
            .map(MatchResult::group)
            .map(rect -> rect.replaceFirst(".*fill=\"(#[0-9a-f]{6})\"", "$1"))
            .distinct()
            .toList();
    assertThat(fills).isNotEmpty();
    for (String fill : fills) {
      assertThat(html)
          .contains("[fill=\"" + fill + "\"] { fill: #", ".legend b[style*=\"" + fill + "\"]");
    }
  }

  @Test
  void aNameIsCutOnPaperAndWrapsOnTheWeb() {
    String longName = "a-project-whose-name-someone-made-from-every-word-of-its-description-2026";
    assertThat(Glyphs.fit(longName, 44)).hasSizeLessThanOrEqualTo(44).contains("…");
    assertThat(Glyphs.fit("WWWWWWWWWWWWWWWWWWWW", 20)).hasSizeLessThan(20).contains("…");
    assertThat(Glyphs.fit("ranking-v7", 20)).isEqualTo("ranking-v7");
    assertThat(html(Locale.US, Samples.hostile())).contains(">" + longName + "</td>");
    assertThat(WebText.name("TimedStorage-ByteHrs_of_<b>buckets").toString())
        .isEqualTo("TimedStorage-Byte<wbr/>Hrs_<wbr/>of_<wbr/>&lt;b&gt;buckets");
  }

  @Test
  void aPhoneNamesEachColumnAndHasANarrowChart() {
    String html = html(Locale.GERMANY, Samples.plausible());
    assertThat(html)
        .contains("--h2:&quot;USD&quot;;--h3:&quot;ggü. August&quot;")
        .contains("class=\"chart narrow\"", "viewBox=\"0 0 340 ");
    assertThat(html.split("class=\"chart narrow\"", -1))
        .hasSameSizeAs(html.split("class=\"chart broad\"", -1));
  }

  @Test
  void aChangeThatNamesTheEarlierValueCarriesItsPercentage() {
    assertThat(html(Locale.US, Samples.plausible()))
        .contains("<data value=\"\">from −3,839</data>")
        .contains(">+8.3\u00a0%</td>");
  }

  @Test
  void daysHaveOneOrderInALanguage() {
    FigureFormat english = new FigureFormat(Locale.US);
    LocalDate day = LocalDate.parse("2026-10-15");
    assertThat(english.day(day)).isEqualTo("15 October 2026");
    assertThat(english.dayOfMonth(day)).isEqualTo("15 October");
    assertThat(english.days(day, day.plusDays(1))).isEqualTo("15–16 Oct");
    FigureFormat german = new FigureFormat(Locale.GERMANY);
    assertThat(german.day(day)).isEqualTo("15. Oktober 2026");
    assertThat(german.dayOfMonth(day)).isEqualTo("15. Oktober");
  }
}
