package costlake.land.read;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** How one kind of delivery becomes rows of one relation, whatever columns come. */
public interface Relation {
  /** Columns of the relation, without those that say where a row came from. */
  StructType schema();

  /** Whether a delivered header is of this kind. */
  boolean recognises(List<String> header);

  /**
   * Refuses a file that cannot be this relation, before a row of it is read.
   *
   * @throws costlake.core.Failure when a column that must be there is not, or is there twice
   */
  void check(String file, List<String> columns);

  /**
   * How a CSV header becomes the relation.
   *
   * @throws costlake.core.Failure of the data's family when a column that must be there is not
   */
  Mapping csv(CsvHeader header);

  /**
   * How a Parquet schema becomes the relation: a column of {@link #schema()} to its expression; a
   * column without one is null; {@link CsvRows#REPAIRS} may be among them.
   *
   * @throws costlake.core.Failure of the data's family when a column that must be there is not
   */
  Map<String, Column> parquet(String file, StructType delivered);

  /** Names and rules of the columns that decide whether a Parquet row is rejected. */
  List<ParquetCheck> parquetChecks(StructType delivered);

  /** The rows after repairs that look at values, each named in {@link CsvRows#REPAIRS}. */
  default Dataset<Row> repaired(Dataset<Row> rows) {
    return rows;
  }

  /** The delivered column with the first instant of the billing period, or null. */
  String periodColumn(List<String> header);

  /** The delivered column with the billed cost, or null. */
  String costColumn(List<String> header);
}
