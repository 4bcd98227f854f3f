package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sentence about the effects that changed the total most. */
class CauseFindingsTest {
  @Test
  void namesTheThreeLargestEffectsOfAChange() {
    Statement s =
        changed(
            "130",
            "100",
            effect("volume", "2"),
            effect("price", "-12"),
            effect("new", "45"),
            effect("tax", "-5"));
    assertThat(lede(s))
        .isEqualTo("Up 30 against August 2026: new +45, price −12, tax −5, and more below.");
  }

  @Test
  void leavesOutPartsWhoseMoneyRoundsToNothing() {
    Statement s = changed("130", "100", effect("volume", "30.00"), effect("mix", "0.00"));
    assertThat(s.changes("effect")).extracting(c -> c.text("basis")).containsExactly("volume");
  }

  @Test
  void explainsPartsThatChangedWhileTheTotalStayed() {
    Statement s = changed("100", "100", effect("volume", "2"), effect("price", "-2"));
    assertThat(lede(s))
        .isEqualTo(
            "The same total as in August 2026; increases and decreases offset each other: volume"
                + " +2, price −2.");
  }

  private static String lede(Statement statement) {
    return new CauseFindings(statement, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
        .lede();
  }

  private static Statement changed(String total, String previous, PrintedRow... effects) {
    return Rows.statement(Samples.head(total, previous), Map.of("changes", List.of(effects)));
  }

  private static PrintedRow effect(String basis, String change) {
    return Rows.row(
        "changes", "breakdown", "effect", "basis", basis, "change_shown", new BigDecimal(change));
  }
}
