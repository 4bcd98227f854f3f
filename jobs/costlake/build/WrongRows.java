package costlake.build;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Writes rows that an audit found for a person: each value after the name of its column. */
public final class WrongRows {
  private WrongRows() {}

  /** Returns e.g. {@code source_id aws, billed_cost 0; source_id azure, billed_cost empty}. */
  static String shown(List<Row> rows) {
    return rows.stream().map(WrongRows::shown).collect(Collectors.joining("; "));
  }

  /** Returns e.g. {@code source_id aws, billed_cost 0}. */
  public static String shown(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.schema().fields()[i].name() + " " + text(row.get(i)))
        .collect(Collectors.joining(", "));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Row nested) {
      return "(" + shown(nested) + ")";
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return joined(CollectionConverters.asJava(map).entrySet());
    }
    if (value instanceof scala.collection.Iterable<?> values) {
      return joined(CollectionConverters.asJava(values));
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return entry.getKey() + "=" + text(entry.getValue());
    }
    return value == null || value.equals("") ? "empty" : value.toString();
  }

  private static String joined(Iterable<?> values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(WrongRows::text)
        .collect(Collectors.joining(" and "));
  }
}
