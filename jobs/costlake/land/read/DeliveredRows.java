package costlake.land.read;

import costlake.land.read.rows.FilePlan;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads delivered files as Spark rows. */
public final class DeliveredRows {
  /**
   * Position of the row in its file, from 1. For CSV and JSON, the line on which the record starts;
   * for Parquet and Avro, the number of the row.
   */
  public static final String ROW = "_row";

  /** Names of the repairs: first the repairs of the file, then the repairs of the row. */
  public static final String REPAIRS = "_repairs";

  /** Why a row was rejected. */
  public static final String REJECT = "_reject";

  /** The start of a rejected row as delivered. */
  public static final String RAW = "_raw";

  private DeliveredRows() {}

  /**
   * Returns the rows that can be read, in the columns of {@code schema}: text, {@code
   * map<string,string>}, constants (text, int or date), {@link #ROW} and {@link #REPAIRS}.
   */
  public static Dataset<Row> good(SparkSession spark, StructType schema, List<FilePlan> files) {
    return load(spark, schema, new ScanPlan(ScanPlan.Rows.GOOD, files));
  }

  /** Returns the rejected rows: the columns of {@code columns}, then row, reason and raw text. */
  public static Dataset<Row> rejected(
      SparkSession spark, StructType columns, List<FilePlan> files) {
    StructType schema =
        columns
            .add(ROW, DataTypes.LongType)
            .add(REJECT, DataTypes.StringType)
            .add(RAW, DataTypes.StringType);
    return load(spark, schema, new ScanPlan(ScanPlan.Rows.REJECTED, files));
  }

  private static Dataset<Row> load(SparkSession spark, StructType schema, ScanPlan plan) {
    return spark
        .read()
        .format(DeliveredSource.class.getName())
        .schema(schema)
        .option(DeliveredSource.PLAN, plan.json())
        .load();
  }
}
