package costlake.land;

import costlake.config.Config;
import costlake.config.Source.Kind;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.land.read.ColumnOrigin;
import costlake.land.read.DeliveredRows;
import costlake.land.read.FilePlan;
import costlake.land.read.Relation;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Pinned files as relations, read in place.
 *
 * <p>Every bronze relation of bills ends with the columns that say where a row came from:
 *
 * <ul>
 *   <li>{@code _repairs array<string>}: what was altered on the way in, by name
 *   <li>{@code _source_id}, {@code _delivery_id}, {@code _source_file}: path below the root of the
 *       lake, or as given
 *   <li>{@code _file_no int}: number of the file in its delivery, from 1
 *   <li>{@code _row bigint}: of CSV and JSON the line of the file on which the record starts, from
 *       1; of Parquet and Avro the number of the row, from 1
 *   <li>{@code _billing_period date}: first of the month that was billed
 * </ul>
 */
public final class Bronze {
  private static final StructType PLACE =
      new StructType()
          .add("_source_id", DataTypes.StringType)
          .add("_delivery_id", DataTypes.StringType)
          .add("_source_file", DataTypes.StringType)
          .add("_file_no", DataTypes.IntegerType)
          .add("_billing_period", DataTypes.DateType);
  private static final Map<Kind, String> VIEWS =
      Map.of(
          Kind.AWS_CUR, "bronze__aws_cur",
          Kind.FOCUS, "bronze__focus",
          Kind.BENEFITS, "bronze__benefits");

  /** The columns of {@link #rejected} that {@link #reject} needs. */
  public static final List<String> REJECT_COLUMNS =
      List.of(
          "_source_id",
          "_delivery_id",
          "_source_file",
          DeliveredRows.ROW,
          DeliveredRows.REJECT,
          DeliveredRows.RAW);

  private Bronze() {}

  /**
   * Registers the temporary views {@code bronze__aws_cur}, {@code bronze__focus}, {@code
   * bronze__benefits} over the rows of these deliveries that can be read, and for each source a
   * view {@code bronze__<source id>} (with _ for -) that shows its rows as delivered, as text.
   * Nothing is read but headers and footers.
   *
   * @param current the deliveries; those of Prometheus are ignored
   */
  public static void register(SparkSession spark, Config config, List<Delivery> current) {
    VIEWS.forEach((kind, view) -> rows(spark, config, kind, current).createOrReplaceTempView(view));
    current.stream()
        .filter(delivery -> SourceKinds.kind(delivery.kind()) != Kind.PROMETHEUS)
        .collect(Collectors.groupingBy(Delivery::sourceId))
        .forEach(
            (source, deliveries) ->
                asDelivered(spark, config, deliveries).createOrReplaceTempView(nativeView(source)));
  }

  private static String nativeView(String source) {
    String view = "bronze__" + source.replace('-', '_');
    return VIEWS.containsValue(view) ? view + "_as_delivered" : view;
  }

  /** The rows of a delivery that can be read. */
  public static Dataset<Row> rows(SparkSession spark, Config config, Delivery delivery) {
    return rows(spark, config, SourceKinds.kind(delivery.kind()), List.of(delivery));
  }

  /** The rows of one kind that can be read. */
  static Dataset<Row> rows(SparkSession spark, Config config, Kind kind, List<Delivery> all) {
    Dataset<Row> rows = null;
    Map<String, List<Delivery>> bySource = bySource(kind, all);
    for (Map.Entry<String, List<Delivery>> source : bySource.entrySet()) {
      Relation relation = SourceKinds.relation(config, source.getKey(), kind);
      Dataset<Row> one =
          relation.repaired(
              DeliveredRows.good(
                  spark,
                  schema(relation),
                  plans(
                      config,
                      source.getValue(),
                      file -> true,
                      file -> plan(config, relation, file))));
      rows = rows == null ? one : rows.unionByName(one);
    }
    Relation relation = SourceKinds.relation(config, "", kind);
    return rows == null ? relation.repaired(empty(spark, schema(relation))) : rows;
  }

  /**
   * The delivered rows of one kind that cannot be read, in order of their files, with the columns
   * of their relation as text, as far as it can be read. Grain: one per rejected row, of which
   * {@link #reject} gives file, row and reason.
   */
  public static Dataset<Row> rejected(
      SparkSession spark, Config config, Kind kind, List<Delivery> deliveries) {
    Dataset<Row> rows = null;
    for (Map.Entry<String, List<Delivery>> source : bySource(kind, deliveries).entrySet()) {
      Relation relation = SourceKinds.relation(config, source.getKey(), kind);
      Dataset<Row> one =
          DeliveredRows.rejected(
              spark,
              withPlace(relation.schema()),
              plans(
                  config,
                  source.getValue(),
                  file -> file.rejected() != 0,
                  file -> plan(config, relation, file)));
      rows = rows == null ? one : rows.unionByName(one);
    }
    StructType schema = withPlace(SourceKinds.relation(config, "", kind).schema());
    return rows == null ? DeliveredRows.rejected(spark, schema, List.of()) : rows;
  }

  /**
   * Registers the view {@code bronze__deliveries}: what was counted when bills landed, for audits
   * to compare with what is read. Grain: one row per bill.
   *
   * @param bills what is current
   */
  public static void registerDeliveries(SparkSession spark, List<Delivery> bills) {
    List<Row> rows =
        bills.stream()
            .map(
                bill ->
                    RowFactory.create(
                        bill.sourceId(),
                        bill.deliveryId(),
                        Date.valueOf(bill.billingPeriod()),
                        bill.rows(),
                        bill.rejected()))
            .toList();
    spark
        .createDataFrame(
            rows,
            StructType.fromDDL(
                "source_id string, delivery_id string, billing_period date, rows bigint,"
                    + " rejected_rows bigint"))
        .createOrReplaceTempView("bronze__deliveries");
  }

  /** File and row of a row of {@link #rejected}, and why it cannot be read. */
  public static Reject reject(Row row) {
    return new Reject(
        row.getAs("_source_id"),
        row.getAs("_delivery_id"),
        row.getAs("_source_file"),
        row.<Long>getAs(DeliveredRows.ROW),
        row.getAs(DeliveredRows.REJECT),
        row.getAs(DeliveredRows.RAW));
  }

  /**
   * The charge days whose rows differ between two deliveries of the same source and period, by a
   * digest per day that does not depend on order. Both are read in place.
   *
   * @param before the delivery that counted until now; empty means: every day of {@code after}
   */
  public static Set<LocalDate> changedDays(
      SparkSession spark, Config config, Optional<Delivery> before, Delivery after) {
    return DayDigests.changed(spark, config, before, after);
  }

  private static Map<String, List<Delivery>> bySource(Kind kind, List<Delivery> all) {
    return all.stream()
        .filter(delivery -> delivery.kind().equals(kind.spelling()))
        .collect(
            Collectors.groupingBy(Delivery::sourceId, LinkedHashMap::new, Collectors.toList()));
  }

  private static StructType schema(Relation relation) {
    StructType schema =
        relation
            .schema()
            .add(DeliveredRows.REPAIRS, DataTypes.createArrayType(DataTypes.StringType));
    return withPlace(schema).add(DeliveredRows.ROW, DataTypes.LongType);
  }

  private static StructType withPlace(StructType columns) {
    StructType schema = columns;
    for (StructField field : PLACE.fields()) {
      schema = schema.add(field);
    }
    return schema;
  }

  /** A plan of each wanted file, with its place. */
  private static List<FilePlan> plans(
      Config config,
      List<Delivery> deliveries,
      Predicate<DeliveredFile> wanted,
      Function<DeliveredFile, FilePlan> plan) {
    List<FilePlan> plans = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      for (int i = 0; i < delivery.files().size(); i++) {
        DeliveredFile file = delivery.files().get(i);
        if (wanted.test(file)) {
          plans.add(plan.apply(file).with(cells(config, delivery, i)));
        }
      }
    }
    return plans;
  }

  private static FilePlan plan(Config config, Relation relation, DeliveredFile file) {
    return FilePlan.of(Path.of(file.path()), relation, config.limits().recordBytesMax())
        .checked(file.rejected() == 0, file.repeated());
  }

  private static Dataset<Row> asDelivered(
      SparkSession spark, Config config, List<Delivery> deliveries) {
    Set<String> columns = new LinkedHashSet<>();
    List<FilePlan> files =
        plans(
            config,
            deliveries,
            file -> true,
            file -> {
              Path path = Path.of(file.path());
              int recordBytesMax = config.limits().recordBytesMax();
              List<String> own = FilePlan.columnsOf(path, recordBytesMax);
              columns.addAll(own);
              return FilePlan.asDelivered(path, own, recordBytesMax);
            });
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    for (StructField field : PLACE.add(DeliveredRows.ROW, DataTypes.LongType).fields()) {
      schema = schema.add(field);
    }
    return DeliveredRows.good(spark, schema, files);
  }

  private static Dataset<Row> empty(SparkSession spark, StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }

  private static Map<String, ColumnOrigin> cells(Config config, Delivery delivery, int file) {
    return Map.of(
        "_source_id", ColumnOrigin.constant(delivery.sourceId()),
        "_delivery_id", ColumnOrigin.constant(delivery.deliveryId()),
        "_source_file", ColumnOrigin.constant(shown(config, delivery.files().get(file))),
        "_file_no", ColumnOrigin.constant(Integer.toString(file + 1)),
        "_billing_period", ColumnOrigin.constant(delivery.billingPeriod().toString()));
  }

  private static String shown(Config config, DeliveredFile file) {
    Path root = Path.of(config.lake().root()).toAbsolutePath().normalize();
    Path path = Path.of(file.path()).toAbsolutePath().normalize();
    return path.startsWith(root) ? root.relativize(path).toString() : file.path();
  }
}
