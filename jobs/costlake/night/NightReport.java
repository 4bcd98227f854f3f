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
 * @param changes money that the night moved, or that a plan would move
 */
public record NightReport(
    String runId,
    Optional<Publication> publication,
    List<Outcome> outcomes,
    List<MoneyChange> changes,
    String message) {
  public NightReport {
    outcomes = List.copyOf(outcomes);
    changes = List.copyOf(changes);
  }

  /** Creates the result of a run that moved no money. */
  static NightReport unchanged(RunRecord record, String message) {
    return new NightReport(record.runId(), Optional.empty(), record.outcomes(), List.of(), message);
  }
}
