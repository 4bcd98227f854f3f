package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums up the hours of the accelerators that telemetry measures. */
final class AcceleratorHours {
  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  AcceleratorHours(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Sums up the hours of accelerators in one line, whose figures add up. */
  public String lede() {
    BigDecimal provisioned = hours("provisioned_hours");
    BigDecimal active = hours("active_hours");
    if (measured().isEmpty()) {
      return words.say(
          "Telemetry knows none of these accelerators; the bill knows their hours and cost.");
    }
    if (statement.held().isEmpty()) {
      return words.say(
          "Nobody held any of {0} provisioned accelerator-hours.", figures.units(provisioned));
    }
    if (active == null || provisioned == null) {
      return words.say(
          "{0} of {1} provisioned accelerator-hours were held; their activity was not measured.",
          figures.units(hours("allocated_hours")), figures.units(provisioned));
    }
    BigDecimal unused = zero(hours("workload_idle_hours"));
    BigDecimal free = zero(hours("node_idle_hours"));
    BigDecimal unmeasured =
        provisioned
            .subtract(active)
            .subtract(unused)
            .subtract(free)
            .setScale(1, RoundingMode.HALF_UP);
    return words.say(
        unmeasured.signum() > 0
            ? "{0} of {1} provisioned accelerator-hours were active, {2} held without use, {3}"
                + " free, {4} not measured."
            : "{0} of {1} provisioned accelerator-hours were active, {2} held without use, {3}"
                + " free.",
        figures.units(active),
        figures.units(provisioned),
        figures.units(unused),
        figures.units(free),
        figures.units(unmeasured));
  }

  private @Nullable BigDecimal hours(String column) {
    return hours(accelerator -> accelerator.decimalOrNull(column));
  }

  private @Nullable BigDecimal hours(Function<PrintedRow, @Nullable BigDecimal> hours) {
    return measured().stream()
        .map(hours)
        .filter(Objects::nonNull)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  private List<PrintedRow> measured() {
    return statement.rows("accelerators").stream()
        .filter(accelerator -> !AcceleratorFindings.isBilledOnly(accelerator))
        .toList();
  }

  private static BigDecimal zero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  /** Says how many hours have no known activity; null if all have. */
  @Nullable String activityGap() {
    if (measured().isEmpty()) {
      return words.say("Accelerators: the telemetry has none for this team.");
    }
    BigDecimal held = zero(hours("allocated_hours"));
    BigDecimal measured = zero(hours(AcceleratorHours::covered));
    BigDecimal gap = held.subtract(measured).setScale(1, RoundingMode.HALF_UP);
    return gap.signum() <= 0
        ? null
        : words.say(
            "Activity of accelerators: {0} of {1} held hours.",
            figures.units(gap), figures.units(held));
  }

  /** Says what is unknown of accelerators that only the bill knows; null if there are none. */
  @Nullable String billedOnly() {
    return measured().size() == statement.rows("accelerators").size()
        ? null
        : words.say(
            "Accelerators that only the bill knows, such as those of managed services: who held"
                + " them, and their activity.");
  }

  private static @Nullable BigDecimal covered(PrintedRow accelerator) {
    BigDecimal coverage = accelerator.decimalOrNull("coverage_ratio");
    return coverage == null ? null : coverage.multiply(accelerator.decimal("allocated_hours"));
  }
}
