package costlake.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Small words of SQL that both formats use. */
final class Columns {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private Columns() {}

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

  private static String comment(String text) {
    return text == null ? "" : " comment '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static Column in(String column, Collection<LocalDate> days) {
    return functions.col(column).isin(days.stream().sorted().map(java.sql.Date::valueOf).toArray());
  }

  static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }
}
