package costlake.land;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import costlake.config.SourceRelation;
import costlake.config.SourceRole;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Returns the columns of a bronze relation by their role. */
public final class RoleColumns {
  private RoleColumns() {}

  /** Returns the first value in the columns of a role, as text; null if there is no such column. */
  public static Column of(SourceRelation relation, SourceRole role) {
    return first(relation.role(role));
  }

  private static Column first(List<String> columns) {
    return columns.isEmpty()
        ? lit(null).cast(DataTypes.StringType)
        : coalesce(columns.stream().map(name -> col(name)).toArray(Column[]::new));
  }

  /**
   * Returns the start of the billing period as text: the stated period or, if there is none, the
   * period of the delivery. The day of a charge is not used, because a bill may contain days of
   * another month.
   */
  public static Column period(SourceRelation relation) {
    List<String> days = relation.role(SourceRole.DAY);
    List<String> stated =
        relation.role(SourceRole.PERIOD).stream().filter(name -> !days.contains(name)).toList();
    return coalesce(first(stated), col("_billing_period").cast(DataTypes.StringType));
  }
}
