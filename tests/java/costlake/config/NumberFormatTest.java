package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormatTest {
  private static final NumberFormat GERMAN = new NumberFormat(",", ".", List.of());
  private static final NumberFormat DOLLARS = new NumberFormat(".", ",", List.of("$", "USD"));

  private static void reads(NumberFormat format, String text, String number) {
    assertThat(format.parse(text).orElseThrow()).isEqualByComparingTo(new BigDecimal(number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1.234,50;1234.50", "4,25;4.25", "-1.000;-1000", "0,000000000000000000001;1e-21"})
  void readsDecimalCommas(String text, String number) {
    reads(GERMAN, text, number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"$1,234.50;1234.50", "($30.25);-30.25", "12.50-;-12.50", "USD 7;7", "-$5;-5"})
  void readsSignsOfCurrenciesAndNegativeAmounts(String text, String number) {
    reads(DOLLARS, text, number);
  }

  @Test
  void readsExponents() {
    reads(NumberFormat.PLAIN, "1.5e-7", "0.00000015");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,234", "$5", "", "--5", "12 USD", "1.2.3", "NaN", "123456789012345678"})
  void refusesMarksThatTheMappingDoesNotName(String text) {
    assertThat(NumberFormat.PLAIN.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,23", "12,34.5", "1,2345"})
  void refusesMarksThatStandNotBetweenThousands(String text) {
    assertThat(DOLLARS.parse(text)).isEmpty();
  }

  @Test
  void aPointIsNoDecimalMarkBesideAComma() {
    assertThat(new NumberFormat(",", null, List.of()).parse("1.5")).isEmpty();
  }
}
