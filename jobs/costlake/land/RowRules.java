package costlake.land;

import costlake.config.Limits;
import costlake.config.Limits.DuplicateRows;
import costlake.config.SourceKind;
import costlake.land.read.rows.Relation;

/**
 * What to do with the rows that a delivery repeats.
 *
 * @param limits limits of the source
 * @param rule rule for repeated rows
 * @param relation relation of the rows
 * @param hasCost whether the rows are charges
 */
record RowRules(Limits limits, DuplicateRows rule, Relation relation, boolean hasCost) {

  /** Only bills are judged by identity: models count repeated records once. */
  static RowRules of(Limits limits, SourceKind kind, Relation relation) {
    boolean keep = limits.duplicateRows() == DuplicateRows.BY_IDENTITY && !kind.isBill();
    return new RowRules(
        limits, keep ? DuplicateRows.KEEP : limits.duplicateRows(), relation, kind.isBill());
  }
}
