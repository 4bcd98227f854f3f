package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Words that tell figures apart which a reader would take for the same. */
class PageWordsTest {
  private static String web(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replace('\u00a0', ' ');
  }

  @Test
  void saysWhatTheCostBeforeAPoolIsBesideDirectCost() {
    assertThat(web(Samples.plausible()))
        .contains(
            "Cost before a pool is direct cost, node idle, and the parts of pools that are split"
                + " before it: more than Direct among the kinds of cost.");
  }

  @Test
  void moneyAndHoursThatAreHeldAndNotUsedHaveDifferentNames() {
    assertThat(web(Samples.plausible()))
        .contains(">hours held, not used</th>")
        .contains(">free</th>")
        .doesNotContain(">held, not used<");
  }

  @Test
  void saysWhyTaxFallsOnTheOwnerOfAnAccount() {
    assertThat(web(Samples.plausible()))
        .contains("<td>Tax</td>")
        .contains("Tax is on the bill once per account: its owner bears it");
  }

  @Test
  void printsTheKindOfABenefitInWords() {
    StatementTexts words = new StatementTexts(Locale.GERMANY);
    assertThat(words.benefit("hours_saved")).isEqualTo("gesparte Stunden");
    assertThat(words.benefit("tickets_closed")).isEqualTo("tickets closed");
    assertThat(words.assumption("hours_saved at the value the table states", "hours_saved"))
        .isEqualTo("gesparte Stunden zum Wert, den die Tabelle nennt");
    assertThat(words.assumption("salary survey 2026", "hours_saved"))
        .isEqualTo("salary survey 2026");
    PrintedRow saved =
        Rows.row(
            "value",
            "line_id",
            "2026-09/search/USD/v-01",
            "model_id",
            "m",
            "benefit_kind",
            "hours_saved",
            "status",
            "measured",
            "value_assumption",
            "hours_saved at the value the table states",
            "benefit_shown",
            BigDecimal.ONE,
            "cost_shown",
            BigDecimal.ONE);
    assertThat(web(Rows.with(Samples.plausible(), "value", saved)))
        .contains("<td>hours saved</td>", "hours saved at the value the table states.")
        .doesNotContain("hours_saved");
  }
}
