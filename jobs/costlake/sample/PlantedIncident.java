package costlake.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An incident that happens to the company.
 *
 * @param cause what {@code governance.incidents} should say
 * @param team team that can act
 * @param months how many months before the last month it begins
 * @param day day of that month
 * @param days how many days it lasts; null if it goes on to the end of the bills
 * @param meter usage type or meter of the service that changes; null if none does
 * @param quantity what the usage is multiplied by; null for 1
 * @param price what the list price is multiplied by; null for 1
 * @param commitment what is deleted, or nobody uses; null if it is not about a commitment
 */
record PlantedIncident(
    Kind kind,
    String cause,
    String team,
    int months,
    int day,
    @Nullable Integer days,
    @Nullable String meter,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal price,
    @Nullable Commitment commitment) {
  enum Kind {
    PRICE_CHANGE,
    RUNAWAY_JOB,
    FORGOTTEN_NODES,
    EGRESS_BURST,
    DELETED_COMMITMENT,
    TAG_LOST,
    COMMITMENT_UNUSED
  }

  /** A commitment of the company. */
  enum Commitment {
    AWS_SAVINGS_PLAN,
    AZURE_RESERVATION
  }

  /**
   * Returns the cost of the incident on a day: all that a new resource or one without its tag
   * costs, else the change.
   */
  BigDecimal cost(BigDecimal before, BigDecimal now) {
    return switch (kind) {
      case FORGOTTEN_NODES, TAG_LOST -> now;
      default -> now.subtract(before);
    };
  }

  LocalDate first(SampleSettings settings) {
    return settings.last().minusMonths(months).atDay(day);
  }

  /** Returns the day after its last day. */
  LocalDate end(SampleSettings settings) {
    return days == null ? settings.end() : first(settings).plusDays(days);
  }
}
