package costlake.telemetry.prometheus;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A relation that a family provides as a temporary view, with its columns. A family lists its
 * relations in an enum.
 *
 * @param <H> the hours of a day
 */
public interface HourRelation<H> {
  /** End of the names of columns with times. */
  String MS = "_ms";

  /** Returns the name of the constant. */
  String name();

  /** Returns the name of the temporary view. */
  String view();

  /** Returns the columns of the rows that the tasks make: times are numbers and dates are text. */
  String ddl();

  /** Returns the rows of a day. */
  List<Row> rows(RowOrigin origin, H hours);

  /** Returns the schema of the rows that the tasks make. */
  default StructType raw() {
    return StructType.fromDDL(ddl().replace("\n", " "));
  }

  /**
   * Returns the name of the struct column for rows of this relation in the combined rows of all
   * relations.
   */
  default String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the expressions that compute the columns of the view. */
  default List<String> columns() {
    return Stream.of(raw().fieldNames())
        .map(
            name ->
                name.equals("usage_date") ? "cast(usage_date as date) as usage_date" : typed(name))
        .toList();
  }

  private static String typed(String name) {
    return name.endsWith(MS)
        ? "timestamp_millis(%s) as %s"
            .formatted(name, name.substring(0, name.length() - MS.length()))
        : name;
  }
}
