package costlake.land;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.config.SourceRole;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Money;
import costlake.core.Reject;
import costlake.land.read.DeliveredRows;
import costlake.land.read.RelationsOfKind;
import costlake.land.read.TableFiles;
import costlake.land.read.rows.ColumnOrigin;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.Relation;
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
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Registers bronze relations: Spark views over pinned files, which are read in place.
 *
 * <p>Every bronze relation of bills ends with these columns about the origin of a row:
 *
 * <ul>
 *   <li>{@code _repairs array<string>}: names of the repairs that were made while reading
 *   <li>{@code _source_id}, {@code _delivery_id}
 *   <li>{@code _source_file}: path below the root of the lake, or as given
 *   <li>{@code _file_no int}: number of the file in its delivery, from 1
 *   <li>{@code _row bigint}: for CSV and JSON, the line of the file on which the record starts; for
 *       Parquet and Avro, the number of the row; both from 1
 *   <li>{@code _billing_period date}: first day of the month that was billed
 * </ul>
 */
public final class Bronze {
  private static final StructType PLACE = StructType.fromDDL(SourceRelation.PLACE);

  /** The view of the rows of all bills with their costs. */
  public static final String BILLED = "bronze__billed";

  /** The view of the delivered rows that charges come from, with all their values. */
  public static final String NATIVE_COLUMNS = "bronze__native_columns";

  private static final String DELIVERIES = "bronze__deliveries";
  private static final String VALUES = "x_NativeColumns";

  /** Column of {@link #rejected}: the billed cost as delivered. */
  public static final String COST = "BilledCost";

  /** Column of {@link #rejected}: the currency of the billed cost, as delivered. */
  public static final String CURRENCY = "BillingCurrency";

  private static final List<String> REJECT_COLUMNS =
      List.of(
          "_source_id",
          "_delivery_id",
          "_source_file",
          DeliveredRows.ROW,
          DeliveredRows.REJECT,
          DeliveredRows.RAW);

  private Bronze() {}

  /**
   * Registers temporary views: {@code bronze__RELATION} with the rows that can be read, for each
   * relation of the kinds; {@code bronze__billed} with the costs of all bills; and {@code
   * bronze__<source id>} (with _ for -) with the rows of a source as delivered, as text. Reads only
   * headers and footers of files.
   *
   * @param current the deliveries that count; deliveries of telemetry are ignored
   */
  public static void register(
      SparkSession spark, Config config, List<SourceKind> kinds, List<Delivery> current) {
    for (SourceKind kind : kinds) {
      for (SourceRelation relation : kind.relations()) {
        rows(spark, config, kind, relation, current).createOrReplaceTempView(view(relation));
      }
    }
    billed(spark, kinds).createOrReplaceTempView(BILLED);
    Set<String> taken = views();
    current.stream()
        .filter(delivery -> !SourceKinds.of(delivery.kind()).isTelemetry())
        .collect(Collectors.groupingBy(Delivery::sourceId))
        .forEach(
            (source, deliveries) ->
                asDelivered(spark, config, deliveries)
                    .createOrReplaceTempView(nativeView(taken, source)));
  }

  /** Registers the views of all kinds. */
  public static void register(SparkSession spark, Config config, List<Delivery> current) {
    register(spark, config, SourceKinds.all(), current);
  }

  /** Returns the name of the view of a relation. */
  public static String view(SourceRelation relation) {
    return "bronze__" + relation.name();
  }

  private static Set<String> views() {
    return Stream.concat(
            Stream.of(BILLED, DELIVERIES, NATIVE_COLUMNS),
            SourceKinds.all().stream().flatMap(kind -> kind.relations().stream()).map(Bronze::view))
        .collect(Collectors.toSet());
  }

  private static String nativeView(Set<String> taken, String source) {
    String view = "bronze__" + source.replace('-', '_');
    return taken.contains(view) ? view + "_as_delivered" : view;
  }

  /**
   * Returns the rows of all bills, with the columns that have the roles of period, currency and
   * cost.
   */
  private static Dataset<Row> billed(SparkSession spark, List<SourceKind> kinds) {
    return kinds.stream()
        .filter(SourceKind::isBill)
        .flatMap(
            kind ->
                kind.relations().stream()
                    .map(r -> spark.table(view(r)).select(billed(r, kind.costs() == null))))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /**
   * Returns the columns of {@link #BILLED}.
   *
   * @param counts whether the cost of every row counts; if false, a model computes the costs that
   *     count, and the cost columns are null
   */
  private static Column[] billed(SourceRelation relation, boolean counts) {
    Column unknown = lit(null);
    return new Column[] {
      col("_source_id").as("source_id"),
      col("_delivery_id").as("delivery_id"),
      col("_billing_period").as("billing_period"),
      RoleColumns.period(relation)
          .cast(DataTypes.TimestampType)
          .cast(DataTypes.DateType)
          .as("period"),
      RoleColumns.of(relation, SourceRole.CURRENCY).as("currency"),
      (counts ? RoleColumns.of(relation, SourceRole.BILLED) : unknown)
          .cast(Money.SQL_TYPE)
          .as("billed_cost"),
      (counts ? RoleColumns.of(relation, SourceRole.EFFECTIVE) : unknown)
          .cast(Money.SQL_TYPE)
          .as("effective_cost")
    };
  }

  /**
   * Returns the rows of a delivery that belong to the relation and can be read; none if the
   * delivery is of another kind than the relation.
   */
  public static Dataset<Row> rows(
      SparkSession spark, Config config, SourceRelation relation, Delivery delivery) {
    SourceKind kind =
        SourceKinds.all().stream()
            .filter(one -> one.relations().contains(relation))
            .findFirst()
            .orElseThrow();
    return rows(spark, config, kind, relation, List.of(delivery));
  }

  /**
   * Returns the rows of all deliveries of a kind that belong to one of its relations and can be
   * read.
   *
   * @param all deliveries; those of other kinds are ignored
   */
  public static Dataset<Row> rows(
      SparkSession spark,
      Config config,
      SourceKind kind,
      SourceRelation described,
      List<Delivery> all) {
    int part = kind.relations().indexOf(described);
    Dataset<Row> rows = null;
    for (Map.Entry<ReadAlike, List<Delivery>> source : alike(config, kind, all).entrySet()) {
      RelationsOfKind relations = source.getKey().relations(config, kind);
      Relation relation = relations.relations().get(part);
      Dataset<Row> one =
          relation.repaired(
              DeliveredRows.good(
                  spark,
                  schema(described),
                  plans(
                      config,
                      source.getValue(),
                      file -> belongs(config, relations, part, file),
                      file -> plan(config, relation, file))));
      rows = rows == null ? one : rows.unionByName(one);
    }
    Relation relation = Relations.of(kind).relations().get(part);
    return rows == null ? relation.repaired(empty(spark, schema(described))) : rows;
  }

  /**
   * Whether a file belongs to this relation. Reads its header only if there are several relations.
   */
  private static boolean belongs(
      Config config, RelationsOfKind relations, int part, DeliveredFile file) {
    return relations.relations().size() == 1
        || relations.part(columns(config, relations, Path.of(file.path()))) == part;
  }

  /**
   * Returns the delivered rows of one kind that cannot be read, in the order of their files. They
   * have the columns for {@link #reject}, and the columns {@link #COST} and {@link #CURRENCY} with
   * the delivered texts, as far as these can be read. Grain: one row per rejected row.
   */
  public static Dataset<Row> rejected(
      SparkSession spark, Config config, SourceKind kind, List<Delivery> deliveries) {
    Dataset<Row> rows = null;
    for (Map.Entry<ReadAlike, List<Delivery>> source : alike(config, kind, deliveries).entrySet()) {
      RelationsOfKind relations = source.getKey().relations(config, kind);
      for (int part = 0; part < kind.relations().size(); part++) {
        Dataset<Row> one = rejected(spark, config, kind, relations, part, source.getValue());
        rows = rows == null ? one : rows.union(one);
      }
    }
    return rows == null ? rejected(spark, config, kind, Relations.of(kind), 0, List.of()) : rows;
  }

  private static Dataset<Row> rejected(
      SparkSession spark,
      Config config,
      SourceKind kind,
      RelationsOfKind relations,
      int part,
      List<Delivery> deliveries) {
    SourceRelation described = kind.relations().get(part);
    Relation relation = relations.relations().get(part);
    List<FilePlan> plans =
        plans(
            config,
            deliveries,
            file -> file.rejected() != 0 && belongs(config, relations, part, file),
            file -> plan(config, relation, file));
    Stream<Column> columns =
        Stream.concat(
            REJECT_COLUMNS.stream().map(name -> col(name)),
            Stream.of(
                RoleColumns.of(described, SourceRole.BILLED).as(COST),
                RoleColumns.of(described, SourceRole.CURRENCY).as(CURRENCY)));
    return DeliveredRows.rejected(spark, withPlace(columns(described)), plans)
        .select(columns.toArray(Column[]::new));
  }

  /**
   * Registers the view {@code bronze__deliveries} with the numbers of rows that landing counted, so
   * that an audit can compare them with the rows that are read. Grain: one row per bill.
   *
   * @param bills bills that are audited
   * @param landed deliveries that landed now, and not in an earlier night
   */
  public static void registerDeliveries(
      SparkSession spark, List<Delivery> bills, List<Delivery> landed) {
    List<Row> rows =
        bills.stream()
            .map(
                bill ->
                    RowFactory.create(
                        bill.sourceId(),
                        bill.deliveryId(),
                        Date.valueOf(bill.billingPeriod()),
                        bill.rows(),
                        bill.rejected(),
                        landed.contains(bill)))
            .toList();
    spark
        .createDataFrame(
            rows,
            StructType.fromDDL(
                "source_id string, delivery_id string, billing_period date, rows bigint,"
                    + " rejected_rows bigint, landed boolean"))
        .createOrReplaceTempView(DELIVERIES);
  }

  /**
   * Registers the view {@code bronze__native_columns}: {@code x_SourceId}, {@code x_SourceFile},
   * {@code x_SourceRow} and {@code x_NativeColumns}, a map of all values of the row by delivered
   * name. Grain: one row per row of the files that charges name, also of earlier deliveries. Reads
   * only headers and footers of files.
   *
   * @param charges rows of {@code focus.cost_and_usage}
   */
  public static void registerNativeColumns(
      SparkSession spark, Config config, Dataset<Row> charges) {
    Path root = Path.of(config.lake().root()).toAbsolutePath().normalize();
    int recordBytesMax = config.limits().recordBytesMax();
    List<FilePlan> files =
        charges.select("x_SourceId", "x_SourceFile").distinct().collectAsList().stream()
            .map(row -> asOneMap(row, root.resolve(row.getString(1)), recordBytesMax))
            .toList();
    StructType schema =
        StructType.fromDDL(
                "x_SourceId string, x_SourceFile string, " + VALUES + " map<string,string>")
            .add(DeliveredRows.ROW, DataTypes.LongType);
    DeliveredRows.good(spark, schema, files)
        .withColumnRenamed(DeliveredRows.ROW, "x_SourceRow")
        .createOrReplaceTempView(NATIVE_COLUMNS);
  }

  private static FilePlan asOneMap(Row charge, Path file, int recordBytesMax) {
    List<String> columns = TableFiles.columns(file, recordBytesMax, FileShape.PLAIN);
    return FilePlan.asDelivered(file, columns, recordBytesMax, FileShape.PLAIN)
        .withEveryColumnIn(VALUES)
        .with(
            Map.of(
                "x_SourceId", ColumnOrigin.constant(charge.getString(0)),
                "x_SourceFile", ColumnOrigin.constant(charge.getString(1))));
  }

  /** Converts a row of {@link #rejected} to its file, its row number and the reason. */
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
   * Finds the charge days whose rows differ between two deliveries of the same source and period,
   * by relation. Compares digests of the days; the order of rows does not matter. If the source
   * changed its kind, all days of both deliveries differ.
   *
   * @param before the delivery that counted until now; if it is empty, every day of {@code after}
   *     differs
   */
  public static Map<SourceRelation, Set<LocalDate>> changedDays(
      SparkSession spark, Config config, Optional<Delivery> before, Delivery after) {
    return DayDigests.changed(spark, config, before, after);
  }

  private static Map<ReadAlike, List<Delivery>> alike(
      Config config, SourceKind kind, List<Delivery> all) {
    Map<ReadAlike, List<Delivery>> alike = new LinkedHashMap<>();
    for (Delivery delivery : all) {
      if (delivery.kind().equals(kind.id())) {
        alike
            .computeIfAbsent(ReadAlike.of(config, delivery), any -> new ArrayList<>())
            .add(delivery);
      }
    }
    return alike;
  }

  private static StructType schema(SourceRelation described) {
    StructType schema =
        columns(described)
            .add(DeliveredRows.REPAIRS, DataTypes.createArrayType(DataTypes.StringType));
    return withPlace(schema).add(DeliveredRows.ROW, DataTypes.LongType);
  }

  private static StructType columns(SourceRelation described) {
    StructType columns = new StructType();
    for (Map.Entry<String, String> column : described.types().entrySet()) {
      columns = columns.add(column.getKey(), DataType.fromDDL(column.getValue()));
    }
    return columns;
  }

  private static StructType withPlace(StructType columns) {
    StructType schema = columns;
    for (StructField field : PLACE.fields()) {
      schema = schema.add(field);
    }
    return schema;
  }

  /**
   * Returns a plan for each file that {@code wanted} selects. Adds the columns that state the
   * source, delivery, file and billing period.
   */
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
    FilePlan plan =
        TableFiles.plan(Path.of(file.path()), relation, config.limits().recordBytesMax())
            .checked(file.rejected() == 0, file.repeated());
    return config.lake().nativeColumns() == LakeConfig.NativeColumns.ALL
        ? plan.withEveryColumnIn(SourceRelation.NATIVE)
        : plan;
  }

  private static Dataset<Row> asDelivered(
      SparkSession spark, Config config, List<Delivery> deliveries) {
    Set<String> columns = new LinkedHashSet<>();
    List<FilePlan> files = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      FileShape shape = Relations.of(config, delivery.sourceId(), SourceKinds.of(delivery.kind()));
      files.addAll(
          plans(
              config,
              List.of(delivery),
              file -> true,
              file -> {
                Path path = Path.of(file.path());
                List<String> own = columns(config, shape, path);
                columns.addAll(own);
                return FilePlan.asDelivered(path, own, config.limits().recordBytesMax(), shape);
              }));
    }
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    for (StructField field : PLACE.add(DeliveredRows.ROW, DataTypes.LongType).fields()) {
      schema = schema.add(field);
    }
    return DeliveredRows.good(spark, schema, files);
  }

  private static List<String> columns(Config config, FileShape shape, Path file) {
    return TableFiles.columns(file, config.limits().recordBytesMax(), shape);
  }

  private static Dataset<Row> empty(SparkSession spark, StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }

  private static Map<String, ColumnOrigin> cells(Config config, Delivery delivery, int file) {
    return Map.of(
        "_source_id", ColumnOrigin.constant(delivery.sourceId()),
        "_delivery_id", ColumnOrigin.constant(delivery.deliveryId()),
        "_source_file", ColumnOrigin.constant(shown(config, delivery.files().get(file).path())),
        "_file_no", ColumnOrigin.constant(Integer.toString(file + 1)),
        "_billing_period", ColumnOrigin.constant(delivery.billingPeriod().toString()));
  }

  /** Returns the path of a file below the root of the lake, or as given. */
  static String shown(Config config, String file) {
    Path root = Path.of(config.lake().root()).toAbsolutePath().normalize();
    Path path = Path.of(file).toAbsolutePath().normalize();
    return path.startsWith(root) ? root.relativize(path).toString() : file;
  }
}
