package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Tables of pages, also those that a company writes itself, without a head. */
class HtmlTableTest {
  private static final String ROW = "<tr id=\"a\"><td>a</td><td class=\"n\">1.00</td></tr>";
  private static final String TOTAL =
      "<tr class=\"total\"><td>Total</td><td class=\"n\">2.00</td></tr>";
  private static final String HEADLESS =
      "<table class=\"rows\"><tbody>" + ROW.repeat(6) + TOTAL + "</tbody></table>";
  private static final String NEXT =
      "\n<table class=\"rows wide\">\n<thead><tr><th>Say \\ &quot;x&quot;</th><th><b>n</b> </th></tr></thead>\n"
          + "<tbody>%s</tbody></table>".formatted(ROW);

  @Test
  void aTableHasHeadingsRowsAndANote() {
    String note = "\n<p class=\"note\">why</p>";
    HtmlTable.replaced(
        NEXT + note + "<p class=\"note\">of the page</p>",
        table -> {
          assertThat(table.headings()).containsExactly("Say \\ &quot;x&quot;", "n");
          assertThat(table.rows()).extracting(HtmlTable.Row::html).containsExactly(ROW);
          assertThat(table.rows().get(0).cells())
              .extracting(HtmlTable.Cell::text)
              .containsExactly("a", "1.00");
          assertThat(table.isOf("wide")).isTrue();
          assertThat(table.isOf("wid")).isFalse();
          assertThat(table.html()).isEqualTo(NEXT.strip() + note);
          return "";
        });
  }

  @Test
  void eachTableStatesItsOwnHeadings() {
    assertThat(NarrowTables.labelled(HEADLESS + NEXT))
        .isEqualTo(
            HEADLESS
                + NEXT.replace(
                    " wide\"",
                    " wide\" style=\"--h1:&quot;Say \\\\ \\&quot;x\\&quot;&quot;;--h2:&quot;n&quot;\""));
  }

  @Test
  void aTableWithoutAHeadIsBrokenAndFoldedByItself() {
    String rest = "</tbody><tbody class=\"end\">" + ROW.repeat(2) + TOTAL + "</tbody></table>";
    assertThat(PaperTables.marked(HEADLESS + NEXT))
        .isEqualTo("<table class=\"rows long\"><tbody>" + ROW.repeat(4) + rest + NEXT);
    assertThat(new FoldedTables(new StatementTexts(Locale.US)).folded(HEADLESS))
        .contains("<summary>6 rows · 2.00</summary>");
  }

  @Test
  void aTableWithoutABodyStaysAsItIs() {
    String bare = "<table class=\"rows\">" + ROW.repeat(20) + "</table>";
    assertThat(PaperTables.marked(bare + NEXT)).isEqualTo(bare + NEXT);
    assertThat(NarrowTables.labelled(bare)).isEqualTo(bare);
  }
}
