package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that made cost rise or fall out of the ordinary.
 *
 * @param id day of the start, and a mark that differs for incidents of one day
 * @param subject the series that shows it most precisely
 * @param start first day
 * @param end last day so far
 * @param isOpen whether it goes on
 * @param foundOn day whose cost made it known
 * @param cost cost above the expectation in all its days, negative below it: an estimate, in cents
 * @param owner team that can act; null if nobody pays
 * @param cause largest part of the change
 * @param change why cost changed from ordinary days before, exact
 * @param series all series that show it, the most exact first
 */
public record Incident(
    String id,
    WatchedSeries subject,
    LocalDate start,
    LocalDate end,
    boolean isOpen,
    LocalDate foundOn,
    BigDecimal cost,
    @Nullable String owner,
    CausePart cause,
    CostChange change,
    List<WatchedSeries> series) {
  public Incident {
    series = List.copyOf(series);
  }

  /** Returns this incident when no series shows it any more. */
  Incident ended() {
    return new Incident(
        id, subject, start, end, false, foundOn, cost, owner, cause, change, series);
  }
}
