package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static List<PrintedRow> lines(String... shares) {
    return Stream.of(shares)
        .map(
            share ->
                Rows.row("lines", "share_ratio", share.isEmpty() ? null : new BigDecimal(share)))
        .toList();
  }

  /** Each alone rounds to 24.6, 24.1, 19.0, 17.2, 10.5 and 4.7 %: together 100.1 %. */
  @Test
  void sharesSumToAHundredPercentAsShown() {
    Shares shares =
        Shares.of(
            lines("0.24556", "0.24083", "0.18991", "0.17167", "0.10548", "0.04655"), "share_ratio");
    assertThat(shares.rounded())
        .extracting(BigDecimal::toPlainString)
        .containsExactly("0.246", "0.241", "0.190", "0.172", "0.105", "0.046");
    assertThat(shares.total()).isEqualByComparingTo("1");
  }

  @Test
  void sharesAreUnknownIfOneIs() {
    Shares shares = Shares.of(lines("0.5", ""), "share_ratio");
    assertThat(shares.of(0)).isNull();
    assertThat(shares.total()).isNull();
  }
}
