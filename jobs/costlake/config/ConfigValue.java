package costlake.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as it was written, with the place it came from, e.g. {@code owners.yml:12}. */
sealed interface ConfigValue {
  Origin origin();

  /** A single value; {@code text} is null for an explicit null. */
  record Scalar(@Nullable String text, Origin origin) implements ConfigValue {}

  /** A list. */
  record Items(List<ConfigValue> entries, Origin origin) implements ConfigValue {}

  /** Keys in the order written. */
  record Section(Map<String, ConfigValue> entries, Origin origin) implements ConfigValue {
    static Section empty(Origin origin) {
      return new Section(new LinkedHashMap<>(), origin);
    }
  }

  /**
   * This entry with the values of {@code over} laid on top: sections merge, everything else is
   * replaced.
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
