package costlake.land.read;

import java.util.List;
import java.util.Map;

/**
 * How a delivered header becomes a relation.
 *
 * @param cells column of the relation to its origin; a column without one is null
 * @param checks what the fields must hold
 * @param nullText unquoted text that stands for null, or null
 * @param repairs names of the repairs that hold for every row of the file
 */
public record Mapping(
    Map<String, Cell> cells, List<Check> checks, String nullText, List<String> repairs) {
  public Mapping {
    cells = Map.copyOf(cells);
    checks = List.copyOf(checks);
    repairs = List.copyOf(repairs);
  }
}
