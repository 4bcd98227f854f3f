package costlake.land.read;

import java.util.List;

/**
 * The identity of a row within its delivery.
 *
 * @param fields their positions; empty means that only the whole row does
 * @param seed of the hashes of these fields
 * @param wholeSeed of the hashes of whole rows, to which readers add the header where it matters
 */
record RowIdentity(List<Integer> fields, long seed, long wholeSeed) {
  private static final long OTHER_SEED = 0x9E3779B97F4A7C15L;

  RowIdentity {
    fields = List.copyOf(fields);
  }

  static RowIdentity of(Relation relation, List<String> columns) {
    List<Integer> fields = relation.identity(columns).stream().map(columns::indexOf).toList();
    return new RowIdentity(fields, relation.part(columns), 0);
  }

  /** All columns together identify the row. */
  RowIdentity ofWholeRow() {
    return new RowIdentity(List.of(), seed, wholeSeed);
  }

  /** Whether these fields identify a row: none of them is null. */
  boolean identifies(RowReader row) {
    for (int field : fields) {
      if (row.text(field) == null) {
        return false;
      }
    }
    return !fields.isEmpty();
  }

  /** The identity for a second hash that is independent of the first. */
  RowIdentity again() {
    return new RowIdentity(fields, seed ^ OTHER_SEED, wholeSeed ^ OTHER_SEED);
  }
}
