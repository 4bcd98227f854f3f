package costlake.land.read;

import static org.apache.spark.sql.functions.udf;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** The checks of {@link Values} for text columns of Parquet, which few deliveries have. */
final class TextChecks {
  private static final UserDefinedFunction MONEY = check(Values::money);
  private static final UserDefinedFunction TIME = check(Values::time);
  private static final UserDefinedFunction MONTH = check(Values::month);

  private interface BytesCheck extends java.io.Serializable {
    boolean test(byte[] bytes, int from, int to);
  }

  private TextChecks() {}

  static Column money(Column text) {
    return MONEY.apply(text);
  }

  static Column time(Column text) {
    return TIME.apply(text);
  }

  static Column month(Column text) {
    return MONTH.apply(text);
  }

  private static UserDefinedFunction check(BytesCheck check) {
    UDF1<String, Boolean> test =
        text -> {
          if (text == null) {
            return true;
          }
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          return check.test(bytes, 0, bytes.length);
        };
    return udf(test, DataTypes.BooleanType);
  }
}
