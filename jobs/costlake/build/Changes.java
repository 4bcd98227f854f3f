package costlake.build;

import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * Changes of each relation since the last publication.
 *
 * @param everything whether all models are built completely: in the first night, or if the models
 *     changed
 * @param days for each input that changes by day, the days whose rows differ
 * @param whole other inputs that changed
 */
public record Changes(
    boolean everything, Map<RelationName, Set<LocalDate>> days, Set<RelationName> whole) {
  public Changes {
    days = Map.copyOf(days);
    whole = Set.copyOf(whole);
  }

  /** Returns changes for which a night builds everything. */
  public static Changes all() {
    return new Changes(true, Map.of(), Set.of());
  }

  /** Whether nothing changed. */
  public boolean isEmpty() {
    return !everything && whole.isEmpty() && days.values().stream().allMatch(Set::isEmpty);
  }
}
