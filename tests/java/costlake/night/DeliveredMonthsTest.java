package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Source;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveredMonthsTest {
  private static final BillingPeriod SEPTEMBER = BillingPeriod.parse("2026-09");

  private static boolean has(String kind, LocalDate... delivered) {
    Source source =
        new Source(
            "s", kind, "somewhere", null, null, null, "c1", 300, null, Map.of(), false, null, null);
    List<Delivery> deliveries =
        java.util.Arrays.stream(delivered).map(day -> Deliveries.of("s", kind, day, "d")).toList();
    return DeliveredMonths.has(deliveries, source, SEPTEMBER);
  }

  @Test
  void aBillIsThereWhenItsMonthIs() {
    assertThat(has("aws-cur")).isFalse();
    assertThat(has("aws-cur", LocalDate.of(2026, 8, 1), LocalDate.of(2026, 10, 1))).isFalse();
    assertThat(has("focus", LocalDate.of(2026, 9, 1))).isTrue();
  }

  @Test
  void telemetryIsThereWhenTheLastDayIs() {
    assertThat(has("prometheus", LocalDate.of(2026, 9, 1), LocalDate.of(2026, 9, 29))).isFalse();
    assertThat(has("prometheus", LocalDate.of(2026, 9, 30))).isTrue();
  }

  @Test
  void benefitsHaveNoMonth() {
    assertThat(has("benefits")).isFalse();
    assertThat(has("benefits", Delivery.ALL_PERIODS)).isTrue();
  }

  @Test
  void anotherSourceDoesNotCount() {
    Source other =
        new Source(
            "t", "focus", "there", null, null, null, null, null, null, Map.of(), false, null, null);
    Delivery delivery = Deliveries.ofSeptember("s", "focus");
    assertThat(DeliveredMonths.has(List.of(delivery), other, SEPTEMBER)).isFalse();
  }
}
