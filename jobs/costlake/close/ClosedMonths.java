package costlake.close;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import costlake.core.BillingPeriod;
import costlake.core.ReceiverId;
import costlake.decide.Decision;
import costlake.decide.DecisionInput;
import costlake.decide.Pins;
import costlake.lake.TableName;
import java.sql.Date;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
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

  static final List<DecisionInput<MonthChange>> INPUTS =
      List.of(
          new DecisionInput<>("ops.closed_months", ClosedMonths::months),
          new DecisionInput<>("ops.closed_costs", ClosedMonths::costs),
          new DecisionInput<>("ops.closed_teams", ClosedMonths::teams));

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

  private static Dataset<Row> months(
      SparkSession spark, Collection<Decision<MonthChange>> closes, Pins pins, StructType columns) {
    SortedMap<BillingPeriod, Decision<MonthChange>> closed = CloseJournal.byMonth(closes);
    List<Row> months =
        closed.keySet().stream()
            .map(period -> RowFactory.create(day(period), day(open(closed))))
            .toList();
    return spark.createDataFrame(months, columns).coalesce(1);
  }

  private static Dataset<Row> costs(
      SparkSession spark, Collection<Decision<MonthChange>> closes, Pins pins, StructType columns) {
    return union(
        spark,
        closes,
        columns,
        close -> CloseJournal.frozen(pins, close, COSTS).select(all(columns)));
  }

  private static Dataset<Row> teams(
      SparkSession spark, Collection<Decision<MonthChange>> closes, Pins pins, StructType columns) {
    return union(
        spark,
        closes,
        columns,
        close ->
            CloseJournal.frozen(pins, close, tableOfTeams(close))
                .withColumn(
                    "cost_centre_id", concat(lit(ReceiverId.COST_CENTRE), col("cost_centre")))
                .select(all(columns))
                .distinct());
  }

  /**
   * Returns the table with the teams of a closed month. If an earlier version of Costlake closed
   * the month, only the teams that have a statement are known.
   */
  private static TableName tableOfTeams(MonthChange close) {
    return close.pins().containsKey(TEAMS.toString())
        ? TEAMS
        : new TableName(IssuedStatements.NAMESPACE, "statements");
  }

  private static Column[] all(StructType columns) {
    return List.of(columns.fieldNames()).stream().map(functions::col).toArray(Column[]::new);
  }

  private static Dataset<Row> union(
      SparkSession spark,
      Collection<Decision<MonthChange>> closes,
      StructType columns,
      Function<MonthChange, Dataset<Row>> rows) {
    return closes.stream()
        .map(Decision::content)
        .map(rows)
        .reduce(Dataset::unionByName)
        .orElseGet(() -> spark.createDataFrame(List.of(), columns));
  }

  private static Date day(BillingPeriod period) {
    return Date.valueOf(period.firstDay());
  }
}
