package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the web page folds, and what the summary of it says. */
class FoldedTablesTest {
  private static final String HEAD =
      "<table class=\"rows%s\"><thead><tr><th scope=\"col\">Run</th><th scope=\"col\">attempts</th>"
          + "<th scope=\"col\" class=\"n\">USD &amp; cents</th></tr></thead><tbody>";
  private static final String ROW =
      "<tr id=\"a\"><td>a</td><td>1</td><td class=\"n\">1.00</td></tr>";

  private static String table(String classes, int rows, String total) {
    return HEAD.formatted(classes) + ROW.repeat(rows) + total + "</tbody></table>";
  }

  private static String folded(String html) {
    return new FoldedTables(new StatementTexts(Locale.US)).folded(html);
  }

  @Test
  void aTableIsFoldedWithItsNoteAndStatesItsRowsAndItsTotal() {
    String total = "<tr class=\"total\"><td>Total</td><td></td><td class=\"n\">9.00</td></tr>";
    String noted = table("", 9, total) + "\n<p class=\"note\">why</p>";
    assertThat(folded(noted + "<p class=\"note\">of the page</p>"))
        .isEqualTo(
            "<details class=\"fold short\"><summary>9 rows · USD &amp; cents 9.00</summary>"
                + noted
                + "</details><p class=\"note\">of the page</p>");
  }

  @Test
  void theLastTotalCountsAndItsFirstCellMaySpanColumns() {
    String totals =
        "<tr class=\"total\"><td>Runs</td><td>3</td><td class=\"n\">4.00</td></tr>"
            + "<tr class=\"total\"><td colspan=\"2\">All</td><td class=\"n\">9.00</td></tr>";
    assertThat(folded(table("", 4, totals))).contains("<summary>4 rows · USD &amp; cents 9.00<");
  }

  @Test
  void aMatrixStatesTheTotalOfItsLastColumn() {
    String total =
        "<tr class=\"total\"><td>Total</td><td class=\"n\">4.00</td><td class=\"n\">9.00</td></tr>";
    assertThat(folded(table(" matrix", 2, total)))
        .contains("<summary>2 rows · USD &amp; cents 9.00<");
    assertThat(folded(table("", 2, total))).contains("<summary>2 rows · attempts 4.00<");
  }

  @Test
  void aTableWithoutATotalStatesItsRows() {
    assertThat(folded(table("", 2, ""))).contains("<summary>2 rows</summary>");
  }

  @Test
  void aLongTableIsFoldedOnWideScreensToo() {
    assertThat(folded(table("", 12, ""))).contains("<details class=\"fold short\">");
    assertThat(folded(table("", 13, ""))).contains("<details class=\"fold\">");
  }

  @Test
  void aSingleRowAndWholeTablesStayOpen() {
    String single = table("", 1, "");
    String whole = table(" bridge whole", 30, "");
    assertThat(folded(single + whole)).isEqualTo(single + whole);
  }

  @Test
  void theFirstPageIsNotFoldedAndTheLongTablesAfterItAre() {
    String html = web(StatementStatus.preliminary(7));
    List<String> pages = List.of(html.split("<div class=\"page\">"));
    assertThat(pages.get(1)).contains("What to do").doesNotContain("<details");
    assertThat(html).containsPattern("<summary>\\d+ rows · USD 412,807\\.14</summary>");
  }

  @Test
  void theFootIsBelowTheLastPageAndAtTheTopOfEarlierEditions() {
    StatementStatus today = StatementStatus.preliminary(7);
    assertThat(web(today))
        .containsSubsequence("<h1", "<dl>", "class=\"running\"", "class=\"footing\"");
    assertThat(web(today.inEdition(1))).containsSubsequence("class=\"footing\"", "<h1");
  }

  private static String web(StatementStatus status) {
    StatementContent content = new StatementContent(List.of(Samples.plausible()), List.of());
    byte[] html = new Statements(Locale.US).document(content, status).html();
    return new String(html, StandardCharsets.UTF_8);
  }
}
