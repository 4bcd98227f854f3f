package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.BillingPeriod;
import costlake.night.MoneyChange;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The money that a night moved, in print. */
class MoneyChangeLinesTest {
  private static final MoneyChange CLOSED =
      new MoneyChange(
          BillingPeriod.parse("2026-09"),
          "search",
          "USD",
          new BigDecimal("1208.104"),
          true,
          List.of(
              new MoneyChange.Part("new delivery of azure", new BigDecimal("1214.604")),
              new MoneyChange.Part("changed owner rules in owners.yml", new BigDecimal("-6.5"))));
  private static final MoneyChange UNOWNED =
      new MoneyChange(
          BillingPeriod.parse("2026-08"),
          null,
          "EUR",
          new BigDecimal("-0.004"),
          false,
          List.of(new MoneyChange.Part("new delivery of aws", new BigDecimal("-0.004"))));

  @Test
  void aLineHasTheMoneyAndTheReasons() {
    assertThat(MoneyChangeLines.of(List.of(CLOSED, UNOWNED)))
        .containsExactly(
            "  2026-09  search  USD +1,208.10 (closed month, so a correction): +1,214.60 new"
                + " delivery of azure; \u22126.50 changed owner rules in owners.yml",
            "  2026-08  no team  EUR 0.00: new delivery of aws");
  }

  @Test
  void linesBeyondTheFirstThirtyAreCounted() {
    assertThat(MoneyChangeLines.of(Collections.nCopies(33, CLOSED)))
        .hasSize(31)
        .last()
        .isEqualTo("  and 3 more months and teams; --json prints all");
  }

  @Test
  void jsonHasAllDigits() {
    assertThat(MoneyChangeLines.json(CLOSED).toString())
        .isEqualTo(
            "{'month':'2026-09','team':'search','currency':'USD','change':'1208.104','closed':true,'reasons':[{'reason':'new delivery of azure','change':'1214.604'},{'reason':'changed owner rules in owners.yml','change':'-6.5'}]}"
                .replace('\'', '"'));
  }
}
