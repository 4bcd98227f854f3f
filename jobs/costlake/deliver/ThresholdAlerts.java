package costlake.deliver;

import costlake.alert.Alert;
import costlake.alert.AlertEvent;
import costlake.alert.AlertKind;
import costlake.config.Config;
import costlake.config.Severity;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Alerts of thresholds that budgets reached. An alert is over when the period of the budget is. It
 * concerns the team that is told of the budget.
 */
public final class ThresholdAlerts implements AlertKind {
  private static final BigDecimal ALL = new BigDecimal(100);
  private static final BigDecimal MOST = new BigDecimal(80);

  @Override
  public String name() {
    return "budget_threshold";
  }

  @Override
  public List<Alert> alerts(Config config, Lake lake) {
    if (config.budgets().isEmpty()) {
      return List.of();
    }
    try (FiredThresholds fired = FiredThresholds.of(lake, "alerts --send")) {
      List<Threshold> all = fired.outbox().last().stream().map(MessageChange::message).toList();
      return Stream.concat(
              all.stream()
                  .filter(fired::isNews)
                  .map(threshold -> alert(config, threshold, AlertEvent.TRIGGER)),
              all.stream()
                  .filter(fired::isOver)
                  .map(threshold -> alert(config, threshold, AlertEvent.RESOLVE)))
          .toList();
    }
  }

  private Alert alert(Config config, Threshold threshold, AlertEvent event) {
    ThresholdText text = new ThresholdText(config.locale(threshold.teamId()), threshold);
    return new Alert(
        name(),
        threshold.messageId(),
        event,
        severity(threshold),
        threshold.teamId(),
        text.subject(),
        text.text(),
        facts(threshold),
        startOf(threshold.reachedOn()),
        startOf(threshold.periodEnd().plusDays(FiredThresholds.LATE_DAYS)));
  }

  /** Returns how bad it is: below 80 % nobody has to act, and a forecast is not spent yet. */
  static Severity severity(Threshold threshold) {
    if (threshold.percent().compareTo(ALL) >= 0) {
      return threshold.basis().equals("actual") ? Severity.CRITICAL : Severity.ERROR;
    }
    return threshold.percent().compareTo(MOST) >= 0 ? Severity.WARNING : Severity.INFO;
  }

  private static Map<String, String> facts(Threshold threshold) {
    return Map.of(
        "budget_id", threshold.budgetId(),
        "period_start", threshold.periodStart().toString(),
        "period_end", threshold.periodEnd().toString(),
        "threshold_basis", threshold.basis(),
        "percent", plain(threshold.percent()),
        "unit", threshold.unit(),
        "amount", plain(threshold.amount()),
        "used", plain(threshold.used()),
        "reached_on", threshold.reachedOn().toString());
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
