package costlake.land.read.rows;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.Money;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueChecksTest {
  private static boolean money(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return ValueChecks.money(b, 0, b.length);
  }

  private static boolean count(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return ValueChecks.count(b, 0, b.length);
  }

  private static boolean time(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return ValueChecks.time(b, 0, b.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1.5",
        "+1.5",
        "-.5",
        "5.",
        "1.2E-7",
        " 3 ",
        "0.082749984127434935301",
        "12345678901234567.000000000000000000001",
        "0.1000000000000000000000000000",
        "0.0000000000000000000001",
        "1E-60"
      })
  void acceptsAmountsThatFit(String text) {
    assertThat(money(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,234.56",
        "$1.0",
        "NaN",
        "NULL",
        "abc",
        "-",
        ".",
        "1.2.3",
        "123456789012345678",
        "99999999999999999.9999999999999999999999",
        "1234567890123456789012345678901234567890"
      })
  void rejectsTextAndTooLargeAmounts(String text) {
    assertThat(money(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-09-01",
        "2026-09-01T00:00:00Z",
        "2018-06-20 01:00:00",
        "2023-11-01T00:00:00.000Z",
        "2026-09-01T00:00Z",
        "2026-09-01T00:00:00+02:00",
        "2024-02-29"
      })
  void takesTimesAsBillsWriteThem(String text) {
    assertThat(time(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-13-01",
        "2026-02-30",
        "2023-02-29",
        "09/01/2026",
        "2026-09-01T25:00:00Z",
        "2026-09-01T00:00:00Zx",
        "2026-09-01 soon"
      })
  void refusesOtherTimes(String text) {
    assertThat(time(text)).isFalse();
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.strings().withChars("0123456789.+-eE ".toCharArray()).ofMaxLength(45);
  }

  @Property(tries = 5000)
  void checksMoneyAsMoneyDoes(@ForAll("numbers") String text) {
    assertThat(money(text)).as(text).isEqualTo(Money.isAmount(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "12", "007", "12.0", "3.", "12345678901234567"})
  void takesWholeNumbersFromZero(String text) {
    assertThat(count(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0", "+1", "1.5", ".0", "1e3", "12 ", "123456789012345678", "x"})
  void refusesOtherCounts(String text) {
    assertThat(count(text)).isFalse();
  }
}
