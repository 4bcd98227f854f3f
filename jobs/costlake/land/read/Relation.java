package costlake.land.read;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Maps one kind of delivery to rows of one relation, for any delivered columns. */
public interface Relation {
  /** Whether a delivered header is of this kind. */
  boolean recognises(List<String> header);

  /**
   * The mapping from a delivered file to the relation.
   *
   * @param file its delivered path, for messages
   * @param columns its columns as delivered
   * @throws costlake.core.Failure if a required column is missing, or a column comes twice
   */
  Mapping mapping(String file, List<String> columns);

  /** The rows after repairs that look at values, each named in {@link DeliveredRows#REPAIRS}. */
  default Dataset<Row> repaired(Dataset<Row> rows) {
    return rows;
  }

  /** The delivered columns with a time in the billing period: the first that has a value counts. */
  List<String> periodColumns(List<String> header);

  /**
   * The delivered columns that together identify a row in its delivery; empty if only all columns
   * do.
   */
  default List<String> identity(List<String> header) {
    return List.of();
  }

  /** The delivered columns with the billed cost: the first that has an amount counts. */
  List<String> costColumns(List<String> header);

  /** Tells apart the rows that are never compared with each other, such as usage and prices. */
  default int part(List<String> header) {
    return 0;
  }

  /** The formats of its times. */
  default List<String> times() {
    return TimeFormats.ISO;
  }

  /** What an almost complete header lacks: two sentences; empty for other headers. */
  default Optional<String> missing(List<String> header) {
    return Optional.empty();
  }

  /** Columns that a header lacks, so that the checks of a night stop it. */
  default List<String> lacking(List<String> header) {
    return List.of();
  }
}
