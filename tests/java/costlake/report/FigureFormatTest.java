package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FigureFormatTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);

  private static String change(@Nullable String now, @Nullable String before) {
    return FIGURES
        .change(number(now), number(before), earlier -> "from " + earlier)
        .replace('\u00a0', ' ');
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }

  /** SQL rounds so: half of a cent of a charge and of a credit count as a cent. */
  @Test
  void roundsHalfACentAwayFromZero() {
    FigureFormat figures = new FigureFormat(Locale.US);
    assertThat(figures.money(new BigDecimal("829.265"))).isEqualTo("829.27");
    assertThat(figures.money(new BigDecimal("-0.005"))).isEqualTo("−0.01");
  }

  @Test
  void aChangeIsPercentOfTheEarlierValue() {
    assertThat(change("120", "100")).isEqualTo("+20.0 %");
    assertThat(change("80", "100")).isEqualTo("−20.0 %");
    assertThat(change("600", "100")).isEqualTo("+500.0 %");
    assertThat(change("80", null)).isEqualTo("–");
    assertThat(change(null, "80")).isEqualTo("–");
  }

  @Test
  void aMultipleOfASmallValueNamesTheValue() {
    assertThat(change("2365.56", "134.84")).isEqualTo("from 135");
    assertThat(change("20", "0.00")).isEqualTo("from 0");
  }

  @Test
  void aCreditThatDidNotChangeIsKnownToBeUnchanged() {
    assertThat(change("-310.00", "-310.00")).isEqualTo("0.0 %");
    assertThat(change("0.00", "0.00")).isEqualTo("0.0 %");
    assertThat(change("-400.00", "-310.00")).isEqualTo("from −310");
    assertThat(change("-1250.00", "310.00")).isEqualTo("from 310");
    assertThat(change("0.00", "310.00")).isEqualTo("−100.0 %");
  }
}
