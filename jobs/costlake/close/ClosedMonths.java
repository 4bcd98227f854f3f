package costlake.close;

import costlake.core.BillingPeriod;
import costlake.decide.Decision;
import costlake.decide.Pins;
import costlake.lake.DecisionStore;
import costlake.lake.TableName;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The closed months as models read them: {@code ops.closed_months}, {@code ops.closed_costs} and
 * {@code ops.closed_teams}.
 */
public final class ClosedMonths {
  /**
   * The table with the costs on statements. A close freezes it together with the printed tables.
   */
  public static final TableName COSTS = TableName.parse("economics.statement_costs");

  /**
   * The table with the cost centre of each team. A close freezes it: if a team moves to another
   * cost centre, its closed months stay with the former cost centre.
   */
  private static final TableName TEAMS = TableName.parse("economics.team_cost_centres");

  private static final String MONTHS_VIEW = "ops__closed_months";
  private static final String COSTS_VIEW = "ops__closed_costs";
  private static final String TEAMS_VIEW = "ops__closed_teams";
  private static final StructType MONTHS =
      StructType.fromDDL("billing_month date, open_month date");
  private static final String TEAM_COLUMNS =
      "billing_month date, team_id string, cost_centre string";

  private ClosedMonths() {}

  /**
   * Returns the month that receives the corrections of all closed months: the month after the last
   * closed month.
   */
  static BillingPeriod open(SortedMap<BillingPeriod, Decision<MonthChange>> closed) {
    return closed.lastKey().next();
  }

  /** Whether a close freezes this table although statements do not print it. */
  static boolean freezes(String table) {
    return table.equals(COSTS.toString()) || table.equals(TEAMS.toString());
  }

  /**
   * Returns a digest for each of these relations. The digest changes when a month is closed or
   * re-opened.
   */
  public static Map<String, String> digests(CloseJournal closes) {
    String digest = closes.digest();
    return Map.of(
        "ops.closed_months", digest, "ops.closed_costs", digest, "ops.closed_teams", digest);
  }

  /**
   * Registers a temporary view for each of these relations.
   *
   * @param costColumns columns of {@code ops.closed_costs}: name to Spark type
   */
  public static void register(
      SparkSession spark, DecisionStore decided, Map<String, String> costColumns) {
    CloseJournal closes = CloseJournal.of(decided);
    Pins pins = decided.pins();
    SortedMap<BillingPeriod, Decision<MonthChange>> closed = closes.inForce();
    List<Row> months =
        closed.keySet().stream()
            .map(period -> RowFactory.create(day(period), day(open(closed))))
            .toList();
    spark.createDataFrame(months, MONTHS).coalesce(1).createOrReplaceTempView(MONTHS_VIEW);
    Column[] columns = costColumns.keySet().stream().map(functions::col).toArray(Column[]::new);
    union(
            spark,
            closed,
            close -> CloseJournal.frozen(pins, close, COSTS).select(columns),
            ddl(costColumns))
        .createOrReplaceTempView(COSTS_VIEW);
    union(spark, closed, close -> teams(pins, close), TEAM_COLUMNS)
        .createOrReplaceTempView(TEAMS_VIEW);
  }

  /**
   * Returns the teams of a closed month. If an earlier version of Costlake closed the month,
   * returns only the teams that have a statement.
   */
  private static Dataset<Row> teams(Pins pins, MonthChange close) {
    boolean all = close.pins().containsKey(TEAMS.toString());
    return CloseJournal.frozen(
            pins, close, all ? TEAMS : new TableName(IssuedStatements.NAMESPACE, "statements"))
        .select("billing_month", "team_id", "cost_centre")
        .distinct();
  }

  private static Dataset<Row> union(
      SparkSession spark,
      SortedMap<BillingPeriod, Decision<MonthChange>> closed,
      Function<MonthChange, Dataset<Row>> rows,
      String columns) {
    return closed.values().stream()
        .map(Decision::content)
        .map(rows)
        .reduce(Dataset::unionByName)
        .orElseGet(() -> spark.createDataFrame(List.of(), StructType.fromDDL(columns)));
  }

  private static String ddl(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(column -> column.getKey() + " " + column.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Date day(BillingPeriod period) {
    return Date.valueOf(period.firstDay());
  }
}
