package costlake.explain;

import costlake.report.FigureFormat;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Writes the labels of steps. Leaves out what is unknown. */
final class Labels {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.ROOT);

  /** Writes a figure. Spark serializes it, so it must not hold {@link #FIGURES}. */
  private interface Text extends Serializable {
    String of(BigDecimal figure);
  }

  private Labels() {}

  /** Registers {@code quantity_text} and {@code price_text}, which the labels of pages use. */
  static void register(SparkSession spark) {
    register(spark, "quantity_text", ChargeSentence::quantity);
    register(spark, "price_text", figure -> FIGURES.price(figure));
  }

  private static void register(SparkSession spark, String name, Text text) {
    UDF1<@Nullable BigDecimal, @Nullable String> known =
        value -> value == null ? null : text.of(value);
    spark.udf().register(name, known, DataTypes.StringType);
  }

  static String joined(@Nullable String... parts) {
    return Arrays.stream(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
  }

  /** Names the run of a row: its name, if it has one, and its id. */
  static String run(Row row) {
    String name = row.getAs("run_name");
    String id = row.getAs("run_id");
    return name == null || name.equals(id) ? id : "%s (%s)".formatted(name, id);
  }

  static @Nullable String named(String name, @Nullable Object value) {
    return value == null ? null : name + " " + value;
  }
}
