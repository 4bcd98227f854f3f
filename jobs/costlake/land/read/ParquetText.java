package costlake.land.read;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import costlake.core.Money;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Delivered Parquet values as exact text: a double or float as its shortest decimal, without
 * exponent and with at most 21 digits behind the point, a date or time in ISO form, nested values
 * as JSON.
 */
public final class ParquetText {
  /** Prefix of the repair that says a double had more than 21 fraction digits. */
  public static final String ROUNDED = "rounded_to_21_digits:";

  private static final DataType TEXT_MAP =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final String SEPARATOR = "\u0000";
  static final DataType MONEY = DataTypes.createDecimalType(Money.PRECISION, Money.SCALE);

  /**
   * A shortest decimal has at most 17 digits, so one that is not below this has at most 21 of them
   * behind the point.
   */
  private static final double SURELY_SHORT = 1e-5;

  /** The engine holds that what is no number is larger than any. */
  private static final double TOO_LARGE = 1e17;

  private static final boolean PROPAGATES_NULL = true;
  private static final boolean RETURNS_NULL = false;
  private static final boolean DETERMINISTIC = true;

  private ParquetText() {}

  /** A delivered column by its exact name. */
  public static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /** A delivered column as text; an empty text is null. */
  public static Column of(StructField field) {
    Column column = quoted(field.name());
    DataType type = field.dataType();
    if (type.equals(DataTypes.StringType)) {
      return nullif(column, lit(""));
    }
    if (floating(type)) {
      return call("shortest", DataTypes.StringType, column);
    }
    if (type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType)) {
      return call("time", DataTypes.StringType, column);
    }
    if (type instanceof MapType || type instanceof StructType || type instanceof ArrayType) {
      return to_json(column);
    }
    return column.cast(DataTypes.StringType);
  }

  /** A delivered map, or JSON text of one, as a map of text. */
  public static Column map(StructField field) {
    return field.dataType() instanceof MapType
        ? quoted(field.name()).cast(TEXT_MAP)
        : from_json(quoted(field.name()), TEXT_MAP);
  }

  /** Names of the repairs made on a row: doubles that were rounded to 21 fraction digits. */
  public static Column rounded(StructType delivered, List<ParquetCheck> checks) {
    List<Column> names = new ArrayList<>();
    Column any = lit(false);
    for (ParquetCheck check : checks) {
      StructField field = delivered.apply(check.column());
      if (money(check.rule()) && floating(field.dataType())) {
        Column column = quoted(check.column());
        any = any.or(coalesce(mayBeLong(column), lit(false)));
        names.add(
            when(
                mayBeLong(column).and(call("isLong", DataTypes.BooleanType, column)),
                lit(ROUNDED + check.column())));
      }
    }
    Column none = array().cast(TEXTS);
    return names.isEmpty() ? none : when(any, present(names)).otherwise(none);
  }

  /**
   * The texts that are not null; without a higher-order function, which would end generated code.
   */
  private static Column present(List<Column> texts) {
    Column joined = concat_ws(SEPARATOR, texts.toArray(Column[]::new));
    return when(joined.equalTo(""), array().cast(TEXTS)).otherwise(split(joined, SEPARATOR));
  }

  /** A delivered cost without its sign as {@link #MONEY}; null where it is none. */
  static Column absoluteCost(StructField field) {
    return abs(of(field).try_cast(MONEY));
  }

  /**
   * What can be wrong with a row.
   *
   * @param holds true when it is; null counts as false
   */
  private record Fault(Column holds, Column reason) {}

  /** The reason why a row is rejected, or null. */
  public static Column reject(StructType delivered, List<ParquetCheck> checks) {
    Column[] reasons =
        faults(delivered, checks).stream()
            .map(fault -> when(fault.holds(), fault.reason()))
            .toArray(Column[]::new);
    return reasons.length == 0 ? lit(null).cast(DataTypes.StringType) : coalesce(reasons);
  }

  /**
   * Whether a row is rejected. The same as a {@link #reject} that is there, in so little generated
   * code that the virtual machine compiles it at once.
   */
  static Column rejected(StructType delivered, List<ParquetCheck> checks) {
    return faults(delivered, checks).stream()
        .map(fault -> coalesce(fault.holds(), lit(false)))
        .reduce(lit(false), Column::or);
  }

  private static List<Fault> faults(StructType delivered, List<ParquetCheck> checks) {
    List<Fault> faults = new ArrayList<>();
    for (ParquetCheck check : checks) {
      Column column = quoted(check.column());
      DataType type = delivered.apply(check.column()).dataType();
      if (check.rule().required()) {
        Column empty =
            type.equals(DataTypes.StringType)
                ? column.isNull().or(column.equalTo(""))
                : column.isNull();
        faults.add(new Fault(empty, lit(check.column() + " is empty")));
      }
      Column wrong = wrong(column, type, check.rule());
      if (wrong != null) {
        faults.add(
            new Fault(
                wrong,
                concat(
                    lit(check.column() + what(check.rule())),
                    functions.substring(column.cast(DataTypes.StringType), 1, 60),
                    lit("'"))));
      }
    }
    return faults;
  }

  private static String what(Check.Rule rule) {
    if (rule == Check.Rule.MONTH_REQUIRED) {
      return " is no month: '";
    }
    return money(rule) ? NO_MONEY : NO_TIME;
  }

  private static final String NO_MONEY = " is no decimal that decimal(38,21) holds exactly: '";
  private static final String NO_TIME = " is no date or time: '";

  private static Column wrong(Column column, DataType type, Check.Rule rule) {
    if (money(rule)) {
      if (floating(type)) {
        return abs(column).geq(lit(TOO_LARGE).cast(type));
      }
      if (type instanceof DecimalType decimal) {
        return decimal.scale() > Money.SCALE
                || decimal.precision() - decimal.scale() > Money.PRECISION - Money.SCALE
            ? column.isNotNull().and(not(column.try_cast(MONEY).eqNullSafe(column)))
            : null;
      }
      return whole(type) ? null : wrong(column, type, TextChecks.money(column));
    }
    if (rule == Check.Rule.MONTH_REQUIRED) {
      return dated(type) ? null : wrong(column, type, TextChecks.month(column));
    }
    return time(rule) && !dated(type) ? wrong(column, type, TextChecks.time(column)) : null;
  }

  /** Text is judged by its characters; a value of any other type is wrong. */
  private static Column wrong(Column column, DataType type, Column good) {
    return type.equals(DataTypes.StringType)
        ? nullif(column, lit("")).isNotNull().and(not(good))
        : column.isNotNull();
  }

  private static boolean whole(DataType type) {
    return type.equals(DataTypes.LongType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.ByteType);
  }

  private static boolean dated(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  private static boolean time(Check.Rule rule) {
    return rule == Check.Rule.TIME || rule == Check.Rule.TIME_REQUIRED;
  }

  private static boolean money(Check.Rule rule) {
    return rule == Check.Rule.MONEY || rule == Check.Rule.MONEY_REQUIRED;
  }

  private static boolean floating(DataType type) {
    return type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
  }

  private static Column mayBeLong(Column column) {
    return abs(column).lt(SURELY_SHORT).and(column.notEqual(0));
  }

  private static Column call(String method, DataType result, Column column) {
    return ExpressionUtils.column(
        new StaticInvoke(
            ParquetValues.class,
            result,
            method,
            CollectionConverters.asScala(List.of(ExpressionUtils.expression(column))).toSeq(),
            CollectionConverters.asScala(List.<AbstractDataType>of()).toSeq(),
            PROPAGATES_NULL,
            RETURNS_NULL,
            DETERMINISTIC,
            Option.empty()));
  }
}
