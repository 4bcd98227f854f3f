package costlake.land.read.rows;

import costlake.config.MappingText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mapping from a delivered header to a relation.
 *
 * @param cells origin of each column of the relation, by the name of the column; a column without
 *     an origin is null
 * @param checks conditions on the fields
 * @param nullText text that means null (in CSV only without quotes); null if there is none
 * @param repairs names of the repairs that apply to every row of the file
 * @param rows the user's mapping that makes the values of a row, in fields after the delivered
 *     ones; null if the fields are as delivered
 * @param freeText position of the field that may contain the separator, or -1
 */
public record Mapping(
    Map<String, ColumnOrigin> cells,
    List<FieldCheck> checks,
    @Nullable String nullText,
    List<String> repairs,
    @Nullable MappingText rows,
    int freeText) {
  /** A mapping of fields as delivered. */
  public Mapping(
      Map<String, ColumnOrigin> cells,
      List<FieldCheck> checks,
      @Nullable String nullText,
      List<String> repairs) {
    this(cells, checks, nullText, repairs, null, Layout.NO_FREE_TEXT);
  }

  public Mapping {
    cells = Map.copyOf(cells);
    checks = List.copyOf(checks);
    repairs = List.copyOf(repairs);
  }
}
