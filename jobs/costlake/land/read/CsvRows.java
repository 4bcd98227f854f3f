package costlake.land.read;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Delivered CSV files as Spark rows. */
public final class CsvRows {
  /** Line of the file on which the record starts; the header is line 1. */
  public static final String ROW = "_row";

  /** Repairs made on the row: those of its file, and {@link CsvFile#LITERAL_NULL}. */
  public static final String REPAIRS = "_repairs";

  /** Why a row was rejected. */
  public static final String REJECT = "_reject";

  /** The start of a rejected row as delivered. */
  public static final String RAW = "_raw";

  private CsvRows() {}

  /**
   * The rows that can be read, in the columns of {@code schema}: text, {@code map<string,string>},
   * constants as text, int or date, and {@link #ROW}, {@link #REPAIRS}.
   */
  public static Dataset<Row> good(SparkSession spark, StructType schema, List<CsvFile> files) {
    return load(spark, schema, new CsvPlan(CsvPlan.Rows.GOOD, files));
  }

  /** The rows that cannot: the constants of {@code constants}, then row, reason and raw text. */
  public static Dataset<Row> rejected(
      SparkSession spark, StructType constants, List<CsvFile> files) {
    StructType schema =
        constants
            .add(ROW, DataTypes.LongType)
            .add(REJECT, DataTypes.StringType)
            .add(RAW, DataTypes.StringType);
    return load(spark, schema, new CsvPlan(CsvPlan.Rows.REJECTED, files));
  }

  private static Dataset<Row> load(SparkSession spark, StructType schema, CsvPlan plan) {
    return spark
        .read()
        .format(CsvSource.class.getName())
        .schema(schema)
        .option(CsvSource.PLAN, plan.json())
        .load();
  }
}
