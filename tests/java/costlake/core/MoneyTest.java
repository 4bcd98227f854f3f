package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "0.0827499841274349353, 0.0827499841274349353",
    "1.2E-7, 0.00000012",
    "+1.5, 1.5",
    "-.5, -0.5",
    "5., 5",
    "' 7 ', 7",
    "2e3, 2000",
    "143227.763678187615017991050, 143227.76367818761501799105"
  })
  void readsAmountsOfBills(String text, String value) {
    assertThat(Money.parse(text).orElseThrow()).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NULL",
        "NaN",
        "1,234.56",
        "$1.0",
        "0x1F",
        "1d",
        "--1",
        "1e9999",
        "12345678901234567890"
      })
  void refusesTextThatIsNotAnAmount(String text) {
    assertThat(Money.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.1234567890123456789012, 0.123456789012345678901",
    "0.1234567890123456789015, 0.123456789012345678902",
    "-0.1234567890123456789025, -0.123456789012345678902",
    "1E-22, 0",
    "99999999999999999.9999999999999999999994, 99999999999999999.999999999999999999999"
  })
  void roundsAmountsWithMoreThan21DecimalPlaces(String text, String value) {
    assertThat(Money.rounded(text).orElseThrow()).isEqualByComparingTo(value);
    assertThat(Money.isAmount(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.5", "99999999999999999.9999999999999999999995", "123456789012345678.5"})
  void roundsNothingElse(String text) {
    assertThat(Money.rounded(text)).isEmpty();
  }

  @Test
  void refusesAmountsThatWouldBeRounded() {
    assertThat(Money.parse("0.1234567890123456789012")).isEmpty();
    assertThat(Money.parse("0.1234567890123456789010")).isPresent();
  }
}
