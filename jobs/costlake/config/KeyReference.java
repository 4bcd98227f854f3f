package costlake.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Generates the list of all configuration keys for the documentation. */
public final class KeyReference {
  private KeyReference() {}

  /** Returns the list as a Markdown table with key, kind, required and meaning. */
  public static String markdown() {
    List<String> rows = new ArrayList<>();
    collect(ConfigDocument.class, "", rows);
    return "| key | kind | required | meaning |\n|---|---|---|---|\n"
        + String.join("\n", rows)
        + "\n";
  }

  private static void collect(Class<?> type, String path, List<String> rows) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = Binder.join(path, Binder.snake(component.getName()));
      rows.add(
          "| `%s` | %s | %s | %s |"
              .formatted(
                  key,
                  typeName(component.getGenericType()),
                  component.isAnnotationPresent(Required.class) ? "yes" : "",
                  component.getAnnotation(Description.class).value()));
      Class<?> nested = nested(component.getGenericType());
      if (nested != null) {
        collect(nested, component.getType() == List.class ? key + "[]" : key, rows);
      }
    }
  }

  private static @Nullable Class<?> nested(Type type) {
    Type element =
        type instanceof ParameterizedType generic && generic.getRawType() == List.class
            ? generic.getActualTypeArguments()[0]
            : type;
    return element instanceof Class<?> c && c.isRecord() ? c : null;
  }

  private static String typeName(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? "list of " + typeName(generic.getActualTypeArguments()[0])
          : "map to " + typeName(generic.getActualTypeArguments()[1]);
    }
    Class<?> c = (Class<?>) type;
    if (c.isRecord()) {
      return "section";
    }
    if (c.isEnum()) {
      return Arrays.stream(c.getEnumConstants())
          .map(EnumNames::of)
          .collect(Collectors.joining(", "));
    }
    return switch (c.getSimpleName()) {
      case "String" -> "text";
      case "int", "Integer" -> "whole number";
      case "BigDecimal" -> "number";
      case "LocalDate" -> "date";
      case "LocalTime" -> "time";
      case "ZoneId" -> "time zone";
      default -> "true, false";
    };
  }
}
