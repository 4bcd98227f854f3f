package costlake.watch;

import costlake.lake.Lake;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of a lake as readers see them. */
record Published(SparkSession spark, Lake lake) {
  /** Runs a query; returns no rows if one of its tables does not exist yet. */
  List<Row> rows(String query, String... tables) {
    Set<String> wanted = Set.of(tables);
    if (!lake.tables().containsAll(wanted)) {
      return List.of();
    }
    lake.registerViews(wanted::contains);
    return spark.sql(query).collectAsList();
  }
}
