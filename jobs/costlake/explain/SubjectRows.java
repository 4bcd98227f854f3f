package costlake.explain;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the rows of tables that are about one run, model, endpoint or experiment.
 *
 * @param column column that names the subject, e.g. {@code run_id}
 */
record SubjectRows(SparkSession spark, String column, String id) {
  /**
   * Queries the rows of the subject in a table.
   *
   * @param query reads the rows as {@code explained}
   */
  List<Row> of(String table, String query) {
    spark.table(table).where(col(column).equalTo(id)).createOrReplaceTempView("explained");
    return spark.sql(query).collectAsList();
  }
}
