package costlake.night;

import costlake.lake.Outcome;
import costlake.lake.Publication;
import java.util.List;
import java.util.Optional;

/**
 * Result of a night.
 *
 * @param publication what it published; empty when there was nothing to do
 * @param outcomes every step in its order
 */
public record NightReport(
    String runId, Optional<Publication> publication, List<Outcome> outcomes, String message) {
  public NightReport {
    outcomes = List.copyOf(outcomes);
  }
}
