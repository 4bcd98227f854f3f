package costlake.close;

import costlake.core.BillingPeriod;
import costlake.lake.CloseAct;
import costlake.lake.Closes;
import costlake.lake.TableName;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The closed months as models read them: {@code ops.closed_months} and {@code ops.closed_costs}.
 */
public final class ClosedMonths {
  /** What statements say a month cost; frozen beside the pages that print it. */
  static final TableName COSTS = TableName.parse("economics.statement_costs");

  private static final String MONTHS_VIEW = "ops__closed_months";
  private static final String COSTS_VIEW = "ops__closed_costs";
  private static final StructType MONTHS =
      StructType.fromDDL("billing_month date, open_month date");

  private ClosedMonths() {}

  /** The month that takes the corrections of all closed ones: the one after the last. */
  static BillingPeriod open(SortedMap<BillingPeriod, CloseAct> closed) {
    return closed.lastKey().next();
  }

  /** A digest of each of these inputs; it changes when a month is closed or re-opened. */
  public static Map<String, String> digests(Closes closes) {
    String digest = digest(closes);
    return Map.of("ops.closed_months", digest, "ops.closed_costs", digest);
  }

  private static String digest(Closes closes) {
    return closes.inForce().values().stream()
        .map(act -> act.period() + "/" + act.closeNumber())
        .collect(Collectors.joining(" "));
  }

  /**
   * Registers a temporary view for each.
   *
   * @param costColumns columns of {@code ops.closed_costs}: name to Spark type
   */
  public static void register(SparkSession spark, Closes closes, Map<String, String> costColumns) {
    SortedMap<BillingPeriod, CloseAct> closed = closes.inForce();
    List<Row> months =
        closed.keySet().stream()
            .map(period -> RowFactory.create(day(period), day(open(closed))))
            .toList();
    spark.createDataFrame(months, MONTHS).coalesce(1).createOrReplaceTempView(MONTHS_VIEW);
    Column[] columns = costColumns.keySet().stream().map(functions::col).toArray(Column[]::new);
    closed.values().stream()
        .map(act -> closes.frozen(act, COSTS).select(columns))
        .reduce(Dataset::unionByName)
        .orElseGet(() -> spark.createDataFrame(List.of(), schema(costColumns)))
        .createOrReplaceTempView(COSTS_VIEW);
  }

  private static StructType schema(Map<String, String> columns) {
    return StructType.fromDDL(
        columns.entrySet().stream()
            .map(column -> column.getKey() + " " + column.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static Date day(BillingPeriod period) {
    return Date.valueOf(period.firstDay());
  }
}
