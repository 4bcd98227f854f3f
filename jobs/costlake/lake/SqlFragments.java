package costlake.lake;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** Parts of SQL statements that both formats use. */
final class SqlFragments {
  private SqlFragments() {}

  static String ddl(TableSpec spec) {
    return Arrays.stream(spec.columns().fields())
        .map(
            field ->
                "`%s` %s%s%s"
                    .formatted(
                        field.name(),
                        field.dataType().sql(),
                        field.nullable() ? "" : " not null",
                        comment(spec.comments().get(field.name()))))
        .collect(Collectors.joining(", "));
  }

  private static String comment(@Nullable String text) {
    return text == null ? "" : " comment '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static String partitionedBy(TableSpec spec) {
    return spec.partitioning().isWhole()
        ? ""
        : "partitioned by (`" + spec.partitioning().dateColumn() + "`)";
  }

  static Column in(String column, Collection<LocalDate> days) {
    return functions.expr(condition(column, days));
  }

  /** Returns the condition that a date is one of these days; no date is one of no days. */
  static String condition(String column, Collection<LocalDate> days) {
    return days.isEmpty()
        ? "false"
        : days.stream()
            .sorted()
            .map(day -> "date'" + day + "'")
            .collect(Collectors.joining(", ", "`" + column + "` in (", ")"));
  }
}
