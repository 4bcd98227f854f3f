package costlake.land.read.rows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Maps delivered files of one kind, whatever their columns are, to the rows of a bronze relation.
 */
public interface Relation extends FileShape {
  /** Whether a file with this header belongs to the relation. */
  boolean recognises(List<String> header);

  /**
   * Maps the columns of a delivered file to the relation.
   *
   * @param file delivered path of the file, for messages
   * @param columns columns as delivered
   * @throws costlake.core.Failure if a required column is missing, or if the file has a column
   *     twice
   */
  Mapping mapping(String file, List<String> columns);

  /**
   * Repairs values of the rows. Adds the name of each repair to {@link
   * costlake.land.read.DeliveredRows#REPAIRS}.
   */
  default Dataset<Row> repaired(Dataset<Row> rows) {
    return rows;
  }

  /**
   * Returns the delivered columns with a time in the billing period. In each row, the first column
   * with a value counts.
   */
  List<String> periodColumns(List<String> header);

  /**
   * Returns the delivered columns that together identify a row in its delivery; empty if only all
   * columns together identify a row.
   */
  default List<String> identity(List<String> header) {
    return List.of();
  }

  /**
   * Returns the delivered columns with the billed cost. In each row, the first column with an
   * amount counts.
   */
  List<String> costColumns(List<String> header);

  /**
   * Returns two fields: why a row is left out, and the cost that it states. Empty if no row is left
   * out.
   */
  default List<String> skipColumns(List<String> header) {
    return List.of();
  }

  /** Whether a file with this header, whose kind nobody named, surely belongs to the relation. */
  default boolean finds(List<String> header) {
    return false;
  }

  /**
   * Proposes which columns of a file with this header, whose kind nobody named, may be columns of
   * the relation under other names.
   *
   * @return the delivered name of each column; empty if the file does not look like one
   */
  default Optional<Map<String, String>> proposed(List<String> header) {
    return Optional.empty();
  }

  /**
   * Returns the number of the relation that a header belongs to. Rows of different relations, e.g.
   * usage and prices, are never compared with each other.
   */
  default int part(List<String> header) {
    return 0;
  }

  /** Returns how times are written in a file with this header. */
  default TimeFormats times(List<String> header) {
    return TimeFormats.ISO;
  }

  /** Returns the delivered columns with times whose zone somebody should have stated. */
  default List<String> unzonedColumns(List<String> header) {
    return List.of();
  }

  /** Returns two sentences about what an almost complete header lacks; empty for other headers. */
  default Optional<String> missing(List<String> header) {
    return Optional.empty();
  }

  /** Returns the columns that a header lacks and without which the audits of a night fail. */
  default List<String> lacking(List<String> header) {
    return List.of();
  }
}
