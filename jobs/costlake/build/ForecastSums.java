package costlake.build;

import costlake.core.Money;
import costlake.forecast.Estimate;
import costlake.forecast.Forecaster;
import costlake.forecast.KnownDays;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.Decimal$;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The SQL function {@code forecast_sums(last, days, periods)}: forecasts, for each period, the sum
 * of its days after the last day that is settled. See {@link Forecaster}.
 */
public final class ForecastSums {
  static final DataType DAYS =
      DataType.fromDDL("array<struct<series:string,day:date,amount:decimal(38,21)>>");
  static final DataType PERIODS =
      DataType.fromDDL("array<struct<series:string,first_day:date,last_day:date>>");
  static final DataType SUMS =
      DataType.fromDDL(
          "array<struct<series:string,first_day:date,last_day:date,expected:decimal(38,2),"
              + "low:decimal(38,2),high:decimal(38,2),method:string,reason:string>>");

  private static final int FIELDS = 3;
  private static final int ESTIMATE_SCALE = 2;

  private ForecastSums() {}

  /** Called by Spark: see {@link Functions#register}. */
  public static ArrayData of(int last, ArrayData days, ArrayData periods) {
    KnownDays known = new KnownDays(LocalDate.ofEpochDay(last));
    for (int i = 0; i < days.numElements(); i++) {
      InternalRow day = days.getStruct(i, FIELDS);
      known.add(
          day.getUTF8String(0).toString(),
          LocalDate.ofEpochDay(day.getInt(1)),
          day.getDecimal(2, Money.PRECISION, Money.SCALE).toDouble());
    }
    Forecaster forecaster = Forecaster.of(known.series());
    Object[] sums = new Object[periods.numElements()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sum(forecaster, periods.getStruct(i, FIELDS));
    }
    return new GenericArrayData(sums);
  }

  private static InternalRow sum(Forecaster forecaster, InternalRow period) {
    UTF8String series = period.getUTF8String(0).copy();
    Estimate estimate =
        forecaster.sum(
            series.toString(),
            LocalDate.ofEpochDay(period.getInt(1)),
            LocalDate.ofEpochDay(period.getInt(2)));
    return new GenericInternalRow(
        new Object[] {
          series,
          period.getInt(1),
          period.getInt(2),
          decimal(estimate.expected()),
          decimal(estimate.low()),
          decimal(estimate.high()),
          estimate.method() == null
              ? null
              : UTF8String.fromString(estimate.method().name().toLowerCase(Locale.ROOT)),
          UTF8String.fromString(estimate.reason())
        });
  }

  private static @Nullable Decimal decimal(@Nullable Double estimate) {
    return estimate == null
        ? null
        : Decimal$.MODULE$.apply(
            BigDecimal.valueOf(estimate).setScale(ESTIMATE_SCALE, RoundingMode.HALF_UP),
            Money.PRECISION,
            ESTIMATE_SCALE);
  }
}
