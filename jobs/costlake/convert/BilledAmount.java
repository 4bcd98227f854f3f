package costlake.convert;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import costlake.config.Source.Kind;
import java.util.List;
import org.apache.spark.sql.Column;

/** The money of a delivered row under its names in FOCUS, by kind of bill. */
public final class BilledAmount {
  /** The kinds that are bills. */
  public static final List<Kind> KINDS = List.of(Kind.AWS_CUR, Kind.FOCUS);

  public static final String COST = "BilledCost";
  public static final String CURRENCY = "BillingCurrency";

  private BilledAmount() {}

  /** Columns {@link #COST} and {@link #CURRENCY} of the bronze relation of a kind. */
  public static Column[] of(Kind kind) {
    return kind == Kind.AWS_CUR
        ? new Column[] {
          coalesce(col("line_item_net_unblended_cost"), col("line_item_unblended_cost")).as(COST),
          col("line_item_currency_code").as(CURRENCY)
        }
        : new Column[] {col(COST), col(CURRENCY)};
  }
}
