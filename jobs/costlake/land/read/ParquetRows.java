package costlake.land.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Delivered Parquet files as Spark rows, read by Spark's own source. */
public final class ParquetRows {
  public static final String REJECTED = "rejected";
  public static final String COST = "cost";
  public static final String REJECTED_COST = "rejected_cost";
  private static final String ROW_NUMBER = "__row";
  private static final String FILE_NUMBER = "__file_number";

  /**
   * A file and where it stands.
   *
   * @param place columns that are the same in every row of the file, by name, as text
   * @param clean whether it is known that each row can be read, so that none has to be looked at
   */
  public record PlacedFile(Path path, Map<String, String> place, boolean clean) {
    public PlacedFile {
      place = Map.copyOf(place);
    }

    /** The file as {@code _metadata.file_path} spells it. */
    private String url() {
      org.apache.hadoop.fs.Path local =
          new org.apache.hadoop.fs.Path("file", null, path.toAbsolutePath().normalize().toString());
      return SparkPath.fromPath(local).urlEncoded();
    }
  }

  private ParquetRows() {}

  /**
   * The rows that can be read, in the columns of {@code schema}.
   *
   * @param files files of one schema, all clean or none
   */
  public static Dataset<Row> good(
      SparkSession spark, StructType schema, Relation relation, List<PlacedFile> files) {
    Dataset<Row> rows = read(spark, files);
    StructType delivered = rows.schema();
    List<ParquetCheck> checks = relation.parquetChecks(delivered);
    Map<String, Column> columns =
        new LinkedHashMap<>(relation.parquet(files.get(0).path().toString(), delivered));
    Column rounded = ParquetText.rounded(delivered, checks);
    columns.merge(CsvRows.REPAIRS, rounded, (named, doubles) -> concat(named, doubles));
    Dataset<Row> placed = placed(rows, files);
    return (files.get(0).clean()
            ? placed
            : placed.where(functions.not(ParquetText.rejected(delivered, checks))))
        .select(project(schema, columns, files));
  }

  /**
   * The rows that cannot be read: the columns of {@code places}, then row, reason and the start of
   * the raw text.
   */
  public static Dataset<Row> rejected(
      SparkSession spark, StructType places, Relation relation, List<PlacedFile> files) {
    Dataset<Row> rows = read(spark, files);
    StructType delivered = rows.schema();
    Column reject = ParquetText.reject(delivered, relation.parquetChecks(delivered));
    StructType schema =
        places
            .add(CsvRows.ROW, DataTypes.LongType)
            .add(CsvRows.REJECT, DataTypes.StringType)
            .add(CsvRows.RAW, DataTypes.StringType);
    Column raw = functions.substring(to_json(struct(all(delivered))), 1, RowReader.RAW_BYTES_MAX);
    return placed(rows, files)
        .where(reject.isNotNull())
        .select(project(schema, Map.of(CsvRows.REJECT, reject, CsvRows.RAW, raw), files));
  }

  /**
   * What of the files cannot be read, one row a file that has rows: the columns of {@code places},
   * then {@code rejected bigint}, {@code cost} and {@code rejected_cost}, sums of absolute billed
   * costs, null where no cost can be read.
   */
  public static Dataset<Row> judged(
      SparkSession spark, StructType places, Relation relation, List<PlacedFile> files) {
    Dataset<Row> rows = read(spark, files);
    StructType delivered = rows.schema();
    Column rejected = ParquetText.rejected(delivered, relation.parquetChecks(delivered));
    String billed = relation.costColumn(List.of(delivered.fieldNames()));
    Column cost = billed == null ? lit(null) : ParquetText.absoluteCost(delivered.apply(billed));
    StructType schema = places.add(REJECTED, DataTypes.BooleanType).add(COST, ParquetText.MONEY);
    Column[] by = Stream.of(places.fieldNames()).map(functions::col).toArray(Column[]::new);
    return placed(rows, files)
        .select(project(schema, Map.of(REJECTED, rejected, COST, cost), files))
        .groupBy(by)
        .agg(
            functions.count_if(col(REJECTED)).as(REJECTED),
            functions.sum(COST).as(COST),
            functions.sum(functions.when(col(REJECTED), col(COST))).as(REJECTED_COST));
  }

  /** The rows as delivered, with their place and the row number. */
  public static Dataset<Row> asDelivered(
      SparkSession spark, StructType identity, List<PlacedFile> files) {
    Dataset<Row> rows = read(spark, files);
    List<Column> columns = new ArrayList<>(List.of(all(rows.schema())));
    columns.addAll(List.of(project(identity, Map.of(), files)));
    return placed(rows, files).select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> read(SparkSession spark, List<PlacedFile> files) {
    return spark
        .read()
        .option("mergeSchema", "false")
        .parquet(files.stream().map(file -> file.path().toString()).toArray(String[]::new));
  }

  private static Column[] all(StructType delivered) {
    return Stream.of(delivered.fieldNames()).map(ParquetText::quoted).toArray(Column[]::new);
  }

  /**
   * One plan for any number of files: what is the same in a file is looked up by its number among
   * them. A join would copy every wide row.
   */
  private static Dataset<Row> placed(Dataset<Row> rows, List<PlacedFile> files) {
    List<Column> columns = new ArrayList<>(List.of(all(rows.schema())));
    columns.add(col("_metadata.row_index").plus(1).as(ROW_NUMBER));
    Map<String, Integer> numbers = new HashMap<>();
    files.forEach(file -> numbers.put(file.url(), numbers.size()));
    UDF1<String, Integer> number = numbers::get;
    columns.add(
        udf(number, DataTypes.IntegerType).apply(col("_metadata.file_path")).as(FILE_NUMBER));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column[] project(
      StructType schema, Map<String, Column> columns, List<PlacedFile> files) {
    Column[] projected = new Column[schema.size()];
    for (int i = 0; i < projected.length; i++) {
      StructField field = schema.fields()[i];
      Column column = columns.get(field.name());
      if (column == null && field.name().equals(CsvRows.ROW)) {
        column = col(ROW_NUMBER);
      }
      if (column == null && files.get(0).place().containsKey(field.name())) {
        String[] places =
            files.stream().map(file -> file.place().get(field.name())).toArray(String[]::new);
        column =
            Set.copyOf(List.of(places)).size() == 1
                ? lit(places[0])
                : get(lit(places), col(FILE_NUMBER));
      }
      projected[i] = (column == null ? lit(null) : column).cast(field.dataType()).as(field.name());
    }
    return projected;
  }
}
