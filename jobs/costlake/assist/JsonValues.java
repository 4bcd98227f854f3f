package costlake.assist;

import costlake.serve.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns answers of queries into values of JSON. Decimals, dates and times are text, because a
 * number of JSON may lose digits. Unknown values are null.
 */
final class JsonValues {
  private static final Set<String> NO_JSON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private JsonValues() {}

  /** Returns the rows as lists, with the columns beside them: two columns may share a name. */
  static Map<String, Object> table(Answer answer) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put(
        "columns",
        answer.columns().stream()
            .map(column -> ordered("name", column.name(), "type", column.type()))
            .toList());
    table.put("rows", answer.rows().stream().map(JsonValues::elements).toList());
    table.put("row_count", answer.rows().size());
    table.put("is_cut", answer.isCut());
    return table;
  }

  /** Returns each row as an object. */
  static List<Object> objects(Answer answer) {
    List<Object> objects = new ArrayList<>();
    for (List<@Nullable Object> row : answer.rows()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(answer.columns().get(i).name(), value(row.get(i)));
      }
      objects.add(object);
    }
    return objects;
  }

  /** Returns names and values in pairs as an object in this order. */
  static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return elements(list);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      map.forEach((name, each) -> object.put((String) name, value(each)));
      return object;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    boolean isJson = value == null || value instanceof Boolean || isNumber(value);
    return isJson ? value : String.valueOf(value);
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number && !NO_JSON_NUMBERS.contains(value.toString());
  }

  private static List<@Nullable Object> elements(List<?> values) {
    List<@Nullable Object> elements = new ArrayList<>();
    values.forEach(each -> elements.add(value(each)));
    return elements;
  }
}
