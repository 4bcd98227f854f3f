package costlake.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Row counts in the form of content hashes, for tables that have nothing to be compared with. */
final class Counts {
  private Counts() {}

  static Map<LocalDate, String> byDay(Dataset<Row> rows, String column) {
    Map<LocalDate, String> counts = new TreeMap<>();
    for (Row row : rows.groupBy(col(column)).agg(count(lit(1))).collectAsList()) {
      counts.put(row.getDate(0).toLocalDate(), row.getLong(1) + ":");
    }
    return counts;
  }

  static long total(Map<LocalDate, String> hashes) {
    return hashes.values().stream()
        .mapToLong(hash -> Long.parseLong(hash.substring(0, hash.indexOf(':'))))
        .sum();
  }
}
