package costlake.close;

import static org.apache.spark.sql.functions.col;

import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.decide.Decision;
import costlake.decide.Pins;
import costlake.lake.DecisionStore;
import costlake.lake.Decisions;
import costlake.lake.TableName;
import java.sql.Date;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The closes and re-openings of months, and the tables that each close froze. */
public final class CloseJournal {
  private static final String MONTH = "billing_month";

  private final Decisions<MonthChange> decisions;
  private final Pins pins;

  private CloseJournal(Decisions<MonthChange> decisions, Pins pins) {
    this.decisions = decisions;
    this.pins = pins;
  }

  /** Returns the closes among the decisions of a lake. */
  public static CloseJournal of(DecisionStore decided) {
    return new CloseJournal(decided.of(new CloseDecisionKind()), decided.pins());
  }

  /** Returns every close and re-opening that is carried out, oldest first. */
  public List<Decision<MonthChange>> all() {
    return decisions.all();
  }

  /** Returns the close in force of each closed month, in order of months. */
  public SortedMap<BillingPeriod, Decision<MonthChange>> inForce() {
    return byMonth(decisions.inForce().values());
  }

  static SortedMap<BillingPeriod, Decision<MonthChange>> byMonth(
      Collection<Decision<MonthChange>> closes) {
    SortedMap<BillingPeriod, Decision<MonthChange>> months = new TreeMap<>();
    closes.forEach(close -> months.put(close.content().period(), close));
    return months;
  }

  /** Returns a digest of the closes in force. */
  public String digest() {
    return decisions.digest();
  }

  /** Finds the close that issued a statement. */
  public Optional<Decision<MonthChange>> issuing(String statementId) {
    return all().stream()
        .filter(
            decision ->
                decision.content().statements().stream().anyMatch(s -> s.id().equals(statementId)))
        .findFirst();
  }

  /**
   * Reads the rows of a table that a close froze for its month.
   *
   * @throws Failure with exit code 3 if the month was closed by a version without this table
   */
  public static Dataset<Row> frozen(Pins pins, MonthChange close, TableName table) {
    return compared(pins, close, table).where(col(MONTH).equalTo(first(close)));
  }

  /**
   * Reads the rows of a table that a close froze for its month, and for the month before, with
   * which statements compare it.
   *
   * @throws Failure with exit code 3 if the month was closed by a version without this table
   */
  public Dataset<Row> compared(MonthChange close, TableName table) {
    return compared(pins, close, table);
  }

  private static Dataset<Row> compared(Pins pins, MonthChange close, TableName table) {
    String pin = close.pins().get(table.toString());
    if (pin == null) {
      throw Failure.data(
          """
          Cannot print the statements of close %d of %s again: the close did not freeze %s, because
          a later version of Costlake added it. Print them with the version that issued them
          """,
          close.closeNumber(), close.period(), table);
    }
    return pins.rows(table.toString(), pin).where(rows(close));
  }

  /** Selects the rows that a close freezes. */
  static Column rows(MonthChange change) {
    Date before = Date.valueOf(change.period().firstDay().minusMonths(1));
    return col(MONTH).between(before, first(change));
  }

  private static Date first(MonthChange change) {
    return Date.valueOf(change.period().firstDay());
  }
}
