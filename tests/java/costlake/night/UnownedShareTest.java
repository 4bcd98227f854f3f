package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.close.UnownedCost;
import costlake.lake.Outcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnownedShareTest {
  private static final BigDecimal LIMIT = new BigDecimal("0.2");

  @Test
  void aShareAtTheLimitIsSilent() {
    Outcome outcome = UnownedShare.audit(List.of(of("USD", "20", "0.2")), LIMIT);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.DONE);
    assertThat(UnownedShare.audit(List.of(), LIMIT).status()).isEqualTo(Outcome.Status.DONE);
  }

  @Test
  void aShareAboveItIsNamedWithItsCurrencyAndMonth() {
    Outcome outcome =
        UnownedShare.audit(List.of(of("EUR", "1", "0.01"), of("USD", "20.1", "0.201")), LIMIT);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.WARNED);
    assertThat(outcome.detail())
        .startsWith("2026-09: USD 20.1 unowned, 20.1 %; more than 20.0 %. Assign owners");
  }

  private static UnownedCost of(String currency, String cost, String ratio) {
    return new UnownedCost(
        LocalDate.of(2026, 9, 1), currency, new BigDecimal(cost), new BigDecimal(ratio));
  }
}
