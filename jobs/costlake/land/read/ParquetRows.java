package costlake.land.read;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Delivered Parquet files as Spark rows, read by Spark's own source. */
public final class ParquetRows {
  private static final Column ROW_NUMBER = col("_metadata.row_index").plus(1);

  /**
   * Files that can be read together: one schema, file names all different.
   *
   * @param constants columns that are the same in every row, by name
   * @param ofFile columns that are the same in every row of a file: by name, one text a file
   */
  public record Group(
      List<Path> files, Map<String, Column> constants, Map<String, List<String>> ofFile) {
    public Group {
      files = List.copyOf(files);
    }

    private Column place(String column) {
      List<String> values = ofFile.get(column);
      if (files.size() == 1) {
        return lit(values.get(0));
      }
      Column[] names =
          files.stream().map(f -> lit(f.getFileName().toString())).toArray(Column[]::new);
      return element_at(
          array(values.stream().map(v -> lit(v)).toArray(Column[]::new)),
          array_position(array(names), col("_metadata.file_name")).cast(DataTypes.IntegerType));
    }
  }

  private ParquetRows() {}

  /** The rows that can be read, in the columns of {@code schema}. */
  public static Dataset<Row> good(
      SparkSession spark, StructType schema, Relation relation, Group group) {
    Dataset<Row> rows = read(spark, group);
    StructType delivered = rows.schema();
    List<ParquetCheck> checks = relation.parquetChecks(delivered);
    Map<String, Column> columns =
        new LinkedHashMap<>(relation.parquet(group.files().get(0).toString(), delivered));
    Column rounded = ParquetText.rounded(delivered, checks);
    columns.merge(CsvRows.REPAIRS, rounded, (named, doubles) -> concat(named, doubles));
    columns.put(CsvRows.ROW, ROW_NUMBER);
    return rows.where(ParquetText.reject(delivered, checks).isNull())
        .select(project(schema, columns, group));
  }

  /** The rows that cannot: the constants of {@code constants}, then row, reason and raw text. */
  public static Dataset<Row> rejected(
      SparkSession spark, StructType constants, Relation relation, Group group) {
    Dataset<Row> rows = read(spark, group);
    StructType delivered = rows.schema();
    Column reject = ParquetText.reject(delivered, relation.parquetChecks(delivered));
    StructType schema =
        constants
            .add(CsvRows.ROW, DataTypes.LongType)
            .add(CsvRows.REJECT, DataTypes.StringType)
            .add(CsvRows.RAW, DataTypes.StringType);
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(CsvRows.ROW, ROW_NUMBER);
    columns.put(CsvRows.REJECT, reject);
    columns.put(CsvRows.RAW, to_json(struct(col("*"))));
    return rows.where(reject.isNotNull()).select(project(schema, columns, group));
  }

  /** The rows as delivered, with the constants and the row number. */
  public static Dataset<Row> asDelivered(SparkSession spark, StructType identity, Group group) {
    Dataset<Row> rows = read(spark, group);
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      columns.add(ParquetText.quoted(field.name()));
    }
    columns.addAll(List.of(project(identity, Map.of(CsvRows.ROW, ROW_NUMBER), group)));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> read(SparkSession spark, Group group) {
    return spark
        .read()
        .option("mergeSchema", "false")
        .parquet(group.files().stream().map(Path::toString).toArray(String[]::new));
  }

  private static Column[] project(StructType schema, Map<String, Column> columns, Group group) {
    Column[] projected = new Column[schema.size()];
    for (int i = 0; i < projected.length; i++) {
      StructField field = schema.fields()[i];
      Column column = columns.get(field.name());
      if (column == null) {
        column = group.constants().get(field.name());
      }
      if (column == null) {
        column = group.ofFile().containsKey(field.name()) ? group.place(field.name()) : lit(null);
      }
      projected[i] = column.cast(field.dataType()).as(field.name());
    }
    return projected;
  }
}
