package costlake.deliver;

import static costlake.decide.OpsTable.text;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.core.Money;
import costlake.decide.Decision;
import costlake.outbox.Channel;
import costlake.outbox.MessageChange;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Thresholds that budgets reached: the tables {@code ops.threshold_outbox}, whose first change of a
 * message says that it fired, and {@code ops.threshold_decisions}.
 */
public final class ThresholdChannel extends Channel<Threshold> {
  private static final DataType NUMBER = createDecimalType(Money.PRECISION, Money.SCALE);

  /** Creates the channel. */
  public ThresholdChannel() {
    super(
        "threshold",
        text("budget_id"),
        text("budget_name"),
        text("team_id"),
        day("period_start"),
        day("period_end"),
        text("threshold_basis"),
        number("percent"),
        text("unit"),
        number("amount"),
        number("used"),
        day("reached_on"));
  }

  private static StructField day(String name) {
    return createStructField(name, DateType, true);
  }

  private static StructField number(String name) {
    return createStructField(name, NUMBER, true);
  }

  @Override
  public TypeReference<Decision<MessageChange<Threshold>>> type() {
    return new TypeReference<>() {};
  }

  @Override
  protected List<Object> content(Threshold threshold) {
    return List.of(
        threshold.budgetId(),
        threshold.budgetName(),
        threshold.teamId(),
        Date.valueOf(threshold.periodStart()),
        Date.valueOf(threshold.periodEnd()),
        threshold.basis(),
        threshold.percent(),
        threshold.unit(),
        threshold.amount(),
        threshold.used(),
        Date.valueOf(threshold.reachedOn()));
  }

  @Override
  protected Threshold message(Row row) {
    return of(row, row.getAs("message_id"));
  }

  /** Returns the threshold of a row that has the columns of the outbox. */
  static Threshold of(Row row, String id) {
    return new Threshold(
        id,
        row.getAs("budget_id"),
        row.getAs("budget_name"),
        row.getAs("team_id"),
        dayOf(row, "period_start"),
        dayOf(row, "period_end"),
        row.getAs("threshold_basis"),
        row.getAs("percent"),
        row.getAs("unit"),
        row.getAs("amount"),
        row.getAs("used"),
        dayOf(row, "reached_on"));
  }

  private static LocalDate dayOf(Row row, String column) {
    return LocalDate.parse(row.<Object>getAs(column).toString());
  }
}
