package costlake.night;

import costlake.lake.Outcome;
import costlake.lake.Publication;
import java.util.List;
import java.util.Optional;

/**
 * Result of a night, of the landing of one source, or of a maintenance.
 *
 * @param publication the publication; empty if nothing was published
 * @param outcomes outcome of every step, in order
 */
public record NightReport(
    String runId, Optional<Publication> publication, List<Outcome> outcomes, String message) {
  public NightReport {
    outcomes = List.copyOf(outcomes);
  }
}
