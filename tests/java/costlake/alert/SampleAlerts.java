package costlake.alert;

import costlake.config.Severity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Example alerts. */
final class SampleAlerts {
  static final String COMPANY = "Aldermoor <Labs>";

  private SampleAlerts() {}

  static Alert of(String id, @Nullable String team, Severity severity) {
    return new Alert(
        "budget_threshold",
        id,
        AlertEvent.TRIGGER,
        severity,
        team,
        "Budget " + id + ": 80 % reached",
        "USD 24,100.00 of 30,000.00.\n80 % were reached <on> 20 September.",
        Map.of("used", "24100", "amount", "30000"),
        Instant.parse("2026-09-20T00:00:00Z"),
        Instant.parse("2026-10-31T00:00:00Z"));
  }
}
