package costlake.land;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import costlake.config.SourceRelation;
import costlake.config.SourceRole;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Columns of a bronze relation by what they are to Costlake. */
public final class RoleColumns {
  private RoleColumns() {}

  /** The text in the columns of a role: the first that has a value; null without such columns. */
  public static Column of(SourceRelation relation, SourceRole role) {
    return first(relation.role(role));
  }

  private static Column first(List<String> columns) {
    return columns.isEmpty()
        ? lit(null).cast(DataTypes.StringType)
        : coalesce(columns.stream().map(name -> col(name)).toArray(Column[]::new));
  }

  /**
   * The text of the first instant of the billing period: as stated, or else of the delivery. The
   * day of a charge states none, because a month may bill a day of another one.
   */
  public static Column period(SourceRelation relation) {
    List<String> days = relation.role(SourceRole.DAY);
    List<String> stated =
        relation.role(SourceRole.PERIOD).stream().filter(name -> !days.contains(name)).toList();
    return coalesce(first(stated), col("_billing_period").cast(DataTypes.StringType));
  }
}
