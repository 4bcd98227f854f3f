package costlake.land;

import costlake.core.Delivery;
import costlake.core.Sha256;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The input {@code ops.rejected_rows}: how many rows of a delivery cannot be read. */
public final class RejectedRows {
  private static final String VIEW = "ops__rejected_rows";

  private static final StructType COLUMNS =
      StructType.fromDDL(
          "source_id string, delivery_id string, billing_month date, rejected_rows bigint");

  private RejectedRows() {}

  /**
   * Registers the view. Grain: one row per delivery with such rows.
   *
   * @param current the deliveries that count
   */
  public static void register(SparkSession spark, List<Delivery> current) {
    spark.createDataFrame(rows(current), COLUMNS).createOrReplaceTempView(VIEW);
  }

  /** Returns a digest of the rows by the name of the input. */
  public static Map<String, String> digests(List<Delivery> current) {
    String rows = rows(current).toString();
    return Map.of("ops.rejected_rows", HexFormat.of().formatHex(Sha256.of(rows), 0, 16));
  }

  private static List<Row> rows(List<Delivery> current) {
    return current.stream()
        .filter(delivery -> delivery.rejected() > 0)
        .map(
            delivery ->
                RowFactory.create(
                    delivery.sourceId(),
                    delivery.deliveryId(),
                    Date.valueOf(month(delivery)),
                    delivery.rejected()))
        .toList();
  }

  private static LocalDate month(Delivery delivery) {
    LocalDate period = delivery.billingPeriod();
    LocalDate day =
        period.equals(Delivery.ALL_PERIODS)
            ? LocalDate.ofInstant(delivery.landedAt(), ZoneOffset.UTC)
            : period;
    return day.withDayOfMonth(1);
  }
}
