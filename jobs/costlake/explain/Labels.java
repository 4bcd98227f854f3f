package costlake.explain;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Writes the labels of steps. Leaves out what is unknown. */
final class Labels {
  private Labels() {}

  static String joined(@Nullable String... parts) {
    return Arrays.stream(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
  }

  /** Names the run of a row: its name, if it has one, and its id. */
  static String run(Row row) {
    String name = row.getAs("run_name");
    String id = row.getAs("run_id");
    return name == null || name.equals(id) ? id : "%s (%s)".formatted(name, id);
  }

  static @Nullable String named(String name, @Nullable Object value) {
    return value == null ? null : name + " " + value;
  }
}
