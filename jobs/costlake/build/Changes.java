package costlake.build;

import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * Changes since the published night, by relation.
 *
 * @param everything whether all models are built completely: in the first night, or if the models
 *     changed
 * @param days days of an input whose rows differ
 * @param whole changed inputs that are not partitioned by day
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
