package costlake.decide;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * A table {@code ops.*} with rows for each decision.
 *
 * @param key columns that identify the rows of a decision
 */
public record DecisionTable<T>(
    OpsTable table, List<String> key, Function<Decision<T>, List<Row>> rows) {
  public DecisionTable {
    key = List.copyOf(key);
  }
}
