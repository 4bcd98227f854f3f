package costlake.land.read;

import costlake.core.Money;
import costlake.land.read.mapping.MappedRows;
import costlake.land.read.rows.Relation;
import costlake.land.read.rows.RowReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the billed cost of a row: the first of its cost columns that has an amount. */
final class RowCost {
  private final int[] fields;

  RowCost(Relation relation, List<String> columns) {
    fields =
        relation.costColumns(columns).stream()
            .mapToInt(field -> MappedRows.position(columns, field))
            .toArray();
  }

  /** Returns the positions of the cost columns. */
  int[] fields() {
    return fields.clone();
  }

  /** Returns the cost of a row; zero if it has none that can be read. */
  BigDecimal of(RowReader row) {
    for (int field : fields) {
      UTF8String text = row.text(field);
      Optional<BigDecimal> amount = text == null ? Optional.empty() : Money.parse(text.toString());
      if (amount.isPresent()) {
        return amount.get();
      }
    }
    return BigDecimal.ZERO;
  }
}
