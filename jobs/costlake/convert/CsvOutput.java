package costlake.convert;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import costlake.core.SpreadsheetFormulas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/**
 * Writes charges as one CSV file: RFC 4180, UTF-8, times as {@code 2026-09-01T00:00:00Z} with a
 * fraction if there is one, decimals without an exponent and without trailing zeros, nested values
 * as JSON. Null is an empty field without quotes; text has quotes.
 *
 * <p>Text that a spreadsheet would run as a formula ({@link SpreadsheetFormulas}) gets an
 * apostrophe in front, and {@code x_SourceChanges} of the row records that. Parquet output keeps
 * such text unchanged.
 */
final class CsvOutput {
  static final String FORMULA_CHANGE = "formula_text_got_an_apostrophe";
  private static final String CHANGES = "x_SourceChanges";

  private CsvOutput() {}

  static void write(Dataset<Row> charges, Path file) {
    List<Column> cells = new ArrayList<>();
    for (StructField field : charges.schema().fields()) {
      cells.add(coalesce(cell(charges, field), lit("")));
    }
    CsvLines.write(
        charges.select(concat_ws(",", cells.toArray(Column[]::new))),
        String.join(",", charges.columns()),
        CsvLines.END,
        file);
  }

  private static Column cell(Dataset<Row> charges, StructField field) {
    Column value = col(field.name());
    DataType type = field.dataType();
    if (type instanceof DecimalType) {
      return expr(
          "trim(trailing '.' from trim(trailing '0' from cast(%s as string)))"
              .formatted(field.name()));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return concat(translate(value.cast(DataTypes.StringType), " ", "T"), lit("Z"));
    }
    if (field.name().equals(CHANGES)) {
      return CsvLines.quoted(
          to_json(concat(value, array_compact(array(when(risky(charges), lit(FORMULA_CHANGE)))))));
    }
    if (type instanceof ArrayType || type instanceof MapType) {
      return CsvLines.quoted(to_json(value));
    }
    return type.equals(DataTypes.StringType)
        ? CsvLines.quoted(regexp_replace(value, SpreadsheetFormulas.START, "'"))
        : value.cast(DataTypes.StringType);
  }

  private static Column risky(Dataset<Row> charges) {
    Column any = lit(false);
    for (StructField field : charges.schema().fields()) {
      if (field.dataType().equals(DataTypes.StringType)) {
        any = any.or(coalesce(col(field.name()), lit("")).rlike(SpreadsheetFormulas.START));
      }
    }
    return any;
  }

  /** Reads the written file, with x_SourceChanges as a list. */
  static Dataset<Row> read(SparkSession spark, Path file) {
    Dataset<Row> text =
        spark
            .read()
            .option("header", true)
            .option("multiLine", true)
            .option("escape", "\"")
            .option("mode", "FAILFAST")
            .csv(file.toString());
    return text.withColumn(
        CHANGES, from_json(col(CHANGES), DataTypes.createArrayType(DataTypes.StringType)));
  }
}
