package costlake.build;

import costlake.core.LargestRemainder;
import costlake.core.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.Decimal$;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions that models have beside Spark's. They are called from generated code on Spark's own
 * values, with no conversion of rows.
 */
public final class Functions {
  private static final DataType MONEY = DataTypes.createDecimalType(Money.PRECISION, Money.SCALE);
  private static final int WEIGHT_SCALE = 18;
  private static final DataType WEIGHTS =
      DataTypes.createArrayType(DataTypes.createDecimalType(Money.PRECISION, WEIGHT_SCALE));
  private static final int LONG_DIGITS = 18;

  private Functions() {}

  /**
   * Registers {@code settle(total, weights)} and {@code to_money(text)} in a session.
   *
   * <p>{@code settle} splits a total by the largest remainder: the parts, in the order of the
   * weights, sum to it exactly; null when no weight is positive. {@code to_money} reads text as
   * money without rounding; null when it is no number or does not fit.
   */
  public static void register(SparkSession spark) {
    register(
        spark,
        "settle",
        DataTypes.createArrayType(MONEY),
        arguments -> List.of(cast(arguments.get(0), MONEY), cast(arguments.get(1), WEIGHTS)));
    register(
        spark,
        "to_money",
        MONEY,
        arguments -> List.of(cast(arguments.get(0), DataTypes.StringType)));
  }

  private static void register(
      SparkSession spark,
      String name,
      DataType result,
      java.util.function.Function<List<Expression>, List<Expression>> arguments) {
    String method = name.equals("settle") ? "settle" : "toMoney";
    Function1<Seq<Expression>, Expression> builder =
        children ->
            new StaticInvoke(
                Functions.class,
                result,
                method,
                seq(arguments.apply(CollectionConverters.asJava(children))),
                seq(List.of()),
                true,
                true,
                true,
                Option.empty());
    ((org.apache.spark.sql.classic.SparkSession) spark)
        .sessionState()
        .functionRegistry()
        .registerFunction(
            new FunctionIdentifier(name),
            new ExpressionInfo(Functions.class.getName(), name),
            builder);
  }

  private static Expression cast(Expression expression, DataType type) {
    return Cast$.MODULE$.apply(expression, type, true);
  }

  private static <T> Seq<T> seq(List<T> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  /** Called by Spark: see {@link #register}. */
  public static ArrayData settle(Decimal total, ArrayData weights) {
    List<BigDecimal> shares = new ArrayList<>(weights.numElements());
    boolean positive = false;
    for (int i = 0; i < weights.numElements(); i++) {
      BigDecimal weight =
          weights.isNullAt(i)
              ? BigDecimal.ZERO
              : weights.getDecimal(i, Money.PRECISION, WEIGHT_SCALE).toJavaBigDecimal();
      positive |= weight.signum() > 0;
      shares.add(weight);
    }
    if (!positive) {
      return null;
    }
    List<BigDecimal> parts = LargestRemainder.split(total.toJavaBigDecimal(), shares, Money.SCALE);
    return new GenericArrayData(parts.stream().map(Functions::decimal).toArray());
  }

  /** Called by Spark: see {@link #register}. */
  public static Decimal toMoney(UTF8String text) {
    Decimal plain = plain(text);
    return plain != null
        ? plain
        : Money.parse(text.toString()).map(Functions::decimal).orElse(null);
  }

  /** The common case without a detour over text: a sign, at most 18 digits and a point. */
  private static Decimal plain(UTF8String text) {
    int length = text.numBytes();
    long unscaled = 0;
    int scale = -1;
    int digits = 0;
    boolean negative = length > 0 && text.getByte(0) == '-';
    for (int i = negative ? 1 : 0; i < length; i++) {
      byte b = text.getByte(i);
      if (b == '.' && scale < 0) {
        scale = 0;
      } else if (b >= '0' && b <= '9' && digits < LONG_DIGITS) {
        unscaled = unscaled * 10 + (b - '0');
        digits++;
        scale += scale < 0 ? 0 : 1;
      } else {
        return null;
      }
    }
    if (digits == 0) {
      return null;
    }
    BigDecimal value = BigDecimal.valueOf(negative ? -unscaled : unscaled, Math.max(scale, 0));
    return value.precision() - value.scale() > Money.PRECISION - Money.SCALE
        ? null
        : decimal(value.setScale(Money.SCALE));
  }

  private static Decimal decimal(BigDecimal value) {
    return Decimal$.MODULE$.apply(value, Money.PRECISION, Money.SCALE);
  }
}
