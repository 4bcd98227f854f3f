package costlake.config;

import costlake.core.Message;
import costlake.core.Nearest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Creates records from configuration values. Each key is the name of a record component in
 * snake_case. Reports a problem for an unknown key, for a missing required key, for a value of the
 * wrong type, and for a value that the constructor of the record refuses. Creates no record that
 * has a problem.
 */
final class Binder {
  private final Problems problems;

  Binder(Problems problems) {
    this.problems = problems;
  }

  <T extends Record> Optional<T> bind(Class<T> type, ConfigValue.Section section, String path) {
    int before = problems.found().size();
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(components, section, path);
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(components[i], section, path);
    }
    return problems.found().size() > before
        ? Optional.empty()
        : construct(type, values, section, path);
  }

  private void refuseUnknown(
      RecordComponent[] components, ConfigValue.Section section, String path) {
    List<String> known =
        Arrays.stream(components)
            .filter(c -> c.getType() != Origin.class)
            .map(c -> snake(c.getName()))
            .toList();
    section
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                String hint = Nearest.hint(key, known);
                problems.add(
                    entry.origin(),
                    "unknown key '"
                        + join(path, key)
                        + "'."
                        + (hint.isEmpty() ? " Known here: " + String.join(", ", known) : hint));
              }
            });
  }

  private @Nullable Object component(
      RecordComponent component, ConfigValue.Section section, String path) {
    if (component.getType() == Origin.class) {
      return section.origin();
    }
    String key = snake(component.getName());
    ConfigValue entry = section.entries().get(key);
    if (entry != null && !isBlank(entry)) {
      Object value = value(component.getGenericType(), entry, join(path, key));
      return component.isAnnotationPresent(KindOfSource.class)
          ? kind((String) value, entry, join(path, key))
          : value;
    }
    if (component.isAnnotationPresent(Required.class)) {
      problems.add(section.origin(), "key '" + join(path, key) + "' is required");
      return null;
    }
    return absent(component.getType());
  }

  private @Nullable String kind(@Nullable String id, ConfigValue entry, String path) {
    if (id == null || SourceKinds.find(id).isPresent()) {
      return id;
    }
    problems.add(entry.origin(), "'" + path + "' cannot be " + SourceKinds.unknown(id));
    return null;
  }

  private static boolean isBlank(ConfigValue entry) {
    return entry instanceof ConfigValue.Scalar scalar
        && (scalar.text() == null || scalar.text().isBlank());
  }

  private static @Nullable Object absent(Class<?> type) {
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    return type == boolean.class ? false : null;
  }

  private @Nullable Object value(Type type, ConfigValue entry, String path) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic.getActualTypeArguments()[0], entry, path)
          : map(generic.getActualTypeArguments()[1], entry, path);
    }
    Class<?> target = (Class<?>) type;
    if (target == Object.class) {
      return plain(entry);
    }
    if (target.isRecord()) {
      if (asSection(target, entry) instanceof ConfigValue.Section section) {
        return bind(target.asSubclass(Record.class), section, path).orElse(null);
      }
      problems.add(entry.origin(), "'" + path + "' must contain keys and values");
      return null;
    }
    if (entry instanceof ConfigValue.Scalar scalar) {
      return scalar(target, scalar, path);
    }
    problems.add(entry.origin(), "'" + path + "' must be a single value");
    return null;
  }

  /** Turns a plain value or list into a section whose {@link Shorthand} key has this value. */
  private static ConfigValue asSection(Class<?> type, ConfigValue entry) {
    return entry instanceof ConfigValue.Section
        ? entry
        : Arrays.stream(type.getRecordComponents())
            .filter(component -> component.isAnnotationPresent(Shorthand.class))
            .findFirst()
            .<ConfigValue>map(
                component ->
                    new ConfigValue.Section(
                        Map.of(snake(component.getName()), entry), entry.origin()))
            .orElse(entry);
  }

  private static @Nullable Object plain(ConfigValue entry) {
    if (entry instanceof ConfigValue.Section section) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      section.entries().forEach((key, e) -> values.put(key, plain(e)));
      return values;
    }
    return entry instanceof ConfigValue.Items items
        ? items.entries().stream()
            .map(Binder::plain)
            .collect(Collectors.toCollection(ArrayList::new))
        : ((ConfigValue.Scalar) entry).text();
  }

  private List<Object> list(Type element, ConfigValue entry, String path) {
    List<Object> values = new ArrayList<>();
    if (!(entry instanceof ConfigValue.Items items)) {
      problems.add(entry.origin(), "'" + path + "' must be a list");
      return values;
    }
    for (int i = 0; i < items.entries().size(); i++) {
      Object value = value(element, items.entries().get(i), path + "[" + i + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private Map<String, @Nullable Object> map(Type element, ConfigValue entry, String path) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (entry instanceof ConfigValue.Section section) {
      section.entries().forEach((key, e) -> values.put(key, value(element, e, join(path, key))));
    } else {
      problems.add(entry.origin(), "'" + path + "' must contain keys and values");
    }
    return values;
  }

  private @Nullable Object scalar(Class<?> type, ConfigValue.Scalar scalar, String path) {
    String text = scalar.text();
    if (text == null) {
      problems.add(scalar.origin(), "'" + path + "' has no value");
      return null;
    }
    try {
      if (type == String.class) {
        return text;
      }
      if (type == int.class || type == Integer.class) {
        return Integer.valueOf(text);
      }
      if (type == BigDecimal.class) {
        return new BigDecimal(text);
      }
      if (type == LocalDate.class) {
        return LocalDate.parse(text);
      }
      if (type == LocalTime.class) {
        return LocalTime.parse(text);
      }
      if (type == ZoneId.class) {
        return ZoneId.of(text);
      }
      if (type == boolean.class || type == Boolean.class) {
        return trueOrFalse(text);
      }
      return constant(type, text, scalar.origin(), path);
    } catch (IllegalArgumentException | DateTimeException e) {
      problems.add(scalar.origin(), "'" + path + "' cannot be '" + text + "': " + expected(type));
      return null;
    }
  }

  private static Boolean trueOrFalse(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException(text);
  }

  private @Nullable Object constant(Class<?> type, String text, Origin origin, String path) {
    Map<String, ?> byName = EnumNames.byName(type);
    Object found = byName.get(text);
    if (found == null) {
      problems.add(
          origin,
          Message.of(
              "'%s' cannot be '%s'.%s Allowed: %s",
              path, text, Nearest.hint(text, byName.keySet()), String.join(", ", byName.keySet())));
    }
    return found;
  }

  private static String expected(Class<?> type) {
    if (type == LocalDate.class) {
      return "write a date as YYYY-MM-DD";
    }
    if (type == LocalTime.class) {
      return "write a time as HH:MM";
    }
    if (type == ZoneId.class) {
      return "write a zone such as Europe/Paris or UTC";
    }
    return type == boolean.class ? "write true or false" : "write a number";
  }

  private <T extends Record> Optional<T> construct(
      Class<T> type, @Nullable Object[] values, ConfigValue.Section section, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      problems.add(section.origin(), "'" + path + "': " + e.getTargetException().getMessage());
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot construct " + type, e);
    }
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String snake(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
