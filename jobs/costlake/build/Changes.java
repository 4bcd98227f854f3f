package costlake.build;

import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * What is new since the published night.
 *
 * @param everything all models are built whole: the first night, or the models themselves changed
 * @param days days of an input whose rows differ
 * @param whole inputs that differ and are not told apart by day
 */
public record Changes(
    boolean everything, Map<RelationName, Set<LocalDate>> days, Set<RelationName> whole) {
  public Changes {
    days = Map.copyOf(days);
    whole = Set.copyOf(whole);
  }

  /** Everything is new. */
  public static Changes all() {
    return new Changes(true, Map.of(), Set.of());
  }

  /** Whether nothing is new. */
  public boolean isEmpty() {
    return !everything && whole.isEmpty() && days.values().stream().allMatch(Set::isEmpty);
  }
}
