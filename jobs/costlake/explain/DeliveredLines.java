package costlake.explain;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import costlake.config.UserMapping;
import costlake.land.Bronze;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Finds the delivered rows that charges come from, and the values in them that decide the cost. */
final class DeliveredLines {
  private static final String COST_COLUMNS =
      "(?i)(?!_).*(cost|usage_?amount|line_?item_?type|product_?code|fee).*";
  private static final String MAPPED = Bronze.view(UserMapping.kind().relations().get(0));
  private static final String STATED_COST = "cost or priced quantity";
  private static final List<String> MAPPED_COLUMNS =
      List.of(STATED_COST, "PricingQuantity", "PricingUnit");
  private static final StructType PLACE =
      StructType.fromDDL("_delivery_id string, _source_file string, _row bigint");

  private record Place(String deliveryId, String file, long row) {
    static Place of(Row focus) {
      return new Place(
          focus.getAs("x_DeliveryId"), focus.getAs("x_SourceFile"), focus.getAs("x_SourceRow"));
    }

    Row asRow() {
      return RowFactory.create(deliveryId, file, row);
    }
  }

  private final Map<Place, List<ExplanationStep>> values;

  private DeliveredLines(Map<Place, List<ExplanationStep>> values) {
    this.values = values;
  }

  /**
   * Reads the delivered rows of some charges. Skips sources whose deliveries are not available.
   *
   * @param charges rows of {@code focus.cost_and_usage} with source, delivery, file and row number
   */
  static DeliveredLines of(SparkSession spark, Collection<Row> charges) {
    Map<String, List<Row>> byView =
        charges.stream().collect(Collectors.groupingBy(DeliveredLines::view));
    Map<Place, List<ExplanationStep>> values = new HashMap<>();
    byView.forEach(
        (view, own) -> {
          if (spark.catalog().tableExists(view)) {
            Dataset<Row> delivered = spark.table(view);
            if (view.equals(MAPPED)) {
              delivered = delivered.withColumn(STATED_COST, col("_stated_cost"));
              read(spark, delivered, MAPPED_COLUMNS, own, values);
            } else {
              read(spark, delivered, costColumns(delivered), own, values);
            }
          }
        });
    return new DeliveredLines(values);
  }

  /**
   * Returns the view of the delivered rows of a charge's source. If a user's mapping reads them, it
   * is the view of what the mapping read: nobody knows what the other columns contain, and a team
   * sees only what decides its cost.
   */
  private static String view(Row charge) {
    return UserMapping.KIND.equals(charge.getAs("x_SourceKind"))
        ? MAPPED
        : "bronze__" + charge.<String>getAs("x_SourceId").replaceAll("[^A-Za-z0-9_]", "_");
  }

  private static void read(
      SparkSession spark,
      Dataset<Row> delivered,
      List<String> costColumns,
      List<Row> charges,
      Map<Place, List<ExplanationStep>> values) {
    List<Row> places = charges.stream().map(Place::of).distinct().map(Place::asRow).toList();
    Column[] columns =
        Stream.concat(Stream.of(PLACE.fieldNames()), costColumns.stream())
            .map(column -> col("`" + column + "`"))
            .toArray(Column[]::new);
    delivered
        .select(columns)
        .join(broadcast(spark.createDataFrame(places, PLACE)), PLACE.fieldNames())
        .collectAsList()
        .forEach(
            row ->
                values.put(
                    new Place(row.getString(0), row.getString(1), row.getLong(2)),
                    values(row, costColumns)));
  }

  private static List<String> costColumns(Dataset<Row> delivered) {
    return Stream.of(delivered.columns())
        .filter(column -> column.matches(COST_COLUMNS))
        .sorted()
        .toList();
  }

  private static List<ExplanationStep> values(Row row, List<String> costColumns) {
    return costColumns.stream()
        .filter(column -> row.getAs(column) != null)
        .map(column -> "as delivered: " + column + " = " + row.getAs(column))
        .map(label -> new ExplanationStep(label, null, null, List.of()))
        .toList();
  }

  /**
   * Returns a step that names the delivered row of a charge. The parts of the step are the values
   * of the row that decide the cost.
   */
  ExplanationStep tree(Row focus) {
    String label =
        "row %s of %s, delivery %s of %s"
            .formatted(
                focus.getAs("x_SourceRow"),
                focus.getAs("x_SourceFile"),
                focus.getAs("x_DeliveryId"),
                focus.getAs("x_SourceId"));
    return new ExplanationStep(label, null, null, values.getOrDefault(Place.of(focus), List.of()));
  }
}
