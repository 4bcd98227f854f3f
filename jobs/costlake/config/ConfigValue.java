package costlake.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as written, with the place where it was written, e.g. {@code owners.yml:12}. */
sealed interface ConfigValue {
  Origin origin();

  /** A single value. {@code text} is null if a null was written. */
  record Scalar(@Nullable String text, Origin origin) implements ConfigValue {}

  /** A list. */
  record Items(List<ConfigValue> entries, Origin origin) implements ConfigValue {}

  /** Keys and values, in the order in which they were written. */
  record Section(Map<String, ConfigValue> entries, Origin origin) implements ConfigValue {
    static Section empty(Origin origin) {
      return new Section(new LinkedHashMap<>(), origin);
    }
  }

  /**
   * Merges this value with {@code over}. The keys of two sections are merged. Any other value is
   * replaced by {@code over}.
   */
  default ConfigValue overlaid(ConfigValue over) {
    if (!(this instanceof Section base) || !(over instanceof Section top)) {
      return over;
    }
    Map<String, ConfigValue> merged = new LinkedHashMap<>(base.entries());
    top.entries()
        .forEach((key, value) -> merged.merge(key, value, (below, above) -> below.overlaid(above)));
    return new Section(merged, top.origin());
  }
}
