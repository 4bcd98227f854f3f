package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ThresholdTextTest {
  private static final Threshold FORECAST =
      new Threshold(
          "s/2026-09-01/forecast/100",
          "s",
          "Search",
          "search",
          LocalDate.parse("2026-09-01"),
          LocalDate.parse("2026-09-30"),
          "forecast",
          new BigDecimal("100.000"),
          "USD",
          new BigDecimal("300"),
          new BigDecimal("140"),
          LocalDate.parse("2026-09-14"));

  @Test
  void aForecastIsSaidToBeAnEstimate() {
    ThresholdText text = new ThresholdText(Locale.US, FORECAST);
    assertThat(text.subject())
        .isEqualTo("Budget Search: 100\u00a0% expected by the end of the period");
    assertThat(text.text())
        .isEqualTo(
            """
            Budget Search: USD 140.00 of 300.00 were used from 1 September 2026 to 30 September 2026, as far as bills and telemetry go.
            With bills up to 14 September 2026, the forecast for the end of the period reached 100\u00a0%. It is an estimate.

            costlake budgets --at 2026-09-01
            """);
    assertThat(new ThresholdText(Locale.GERMANY, FORECAST).text())
        .contains("Mit Rechnungen bis zum 14. September 2026 erreichte die Prognose");
  }
}
