package costlake.land.read;

import java.util.List;

/**
 * What tells a row from every other of its delivery.
 *
 * @param fields their positions; empty means that only the whole row does
 * @param seed of the hashes; rows under other headers hash apart where the whole row counts
 */
record RowIdentity(List<Integer> fields, long seed) {
  private static final long OTHER_SEED = 0x9E3779B97F4A7C15L;

  RowIdentity {
    fields = List.copyOf(fields);
  }

  static RowIdentity of(Relation relation, List<String> columns) {
    List<Integer> fields = relation.identity(columns).stream().map(columns::indexOf).toList();
    return new RowIdentity(fields, fields.isEmpty() ? columns.hashCode() : 0);
  }

  /** The same for a second hash that is independent of the first. */
  RowIdentity again() {
    return new RowIdentity(fields, seed ^ OTHER_SEED);
  }
}
