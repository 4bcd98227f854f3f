package costlake.land.read.rows;

import java.util.List;

/**
 * The fields that identify a row in its delivery.
 *
 * @param fields positions of the fields; empty means all fields
 * @param seed seed of the hashes of these fields
 * @param wholeSeed seed of the hashes of whole rows; a reader combines it with the header if equal
 *     rows under different headers are different
 */
public record RowIdentity(List<Integer> fields, long seed, long wholeSeed) {
  private static final long OTHER_SEED = 0x9E3779B97F4A7C15L;

  public RowIdentity {
    fields = List.copyOf(fields);
  }

  public static RowIdentity of(Relation relation, List<String> columns) {
    List<Integer> fields = relation.identity(columns).stream().map(columns::indexOf).toList();
    return new RowIdentity(fields, relation.part(columns), 0);
  }

  /** Returns the identity that consists of all columns. */
  public RowIdentity ofWholeRow() {
    return new RowIdentity(List.of(), seed, wholeSeed);
  }

  /** Whether the fields identify this row. They do not identify it if one of the fields is null. */
  public boolean identifies(RowReader row) {
    for (int field : fields) {
      if (row.text(field) == null) {
        return false;
      }
    }
    return !fields.isEmpty();
  }

  /** Returns the same identity with other seeds, for a second, independent hash. */
  public RowIdentity again() {
    return new RowIdentity(fields, seed ^ OTHER_SEED, wholeSeed ^ OTHER_SEED);
  }
}
