package costlake.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Converts enum constants to their spelling in the configuration, and back. */
final class EnumNames {
  private EnumNames() {}

  /**
   * Returns the spelling of a constant: its own spelling if it has one (e.g. {@code aws-cur} for
   * {@code AWS_CUR}), otherwise its name in lower case.
   */
  static String of(Object constant) {
    return constant instanceof Spelled spelled
        ? spelled.spelling()
        : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  /** Returns the constants by their spelling, in the order of their declaration. */
  static <T> Map<String, T> byName(Class<T> type) {
    Map<String, T> byName = new LinkedHashMap<>();
    for (T constant : type.getEnumConstants()) {
      byName.put(of(constant), constant);
    }
    return byName;
  }

  /** An enum whose constants have a spelling of their own. */
  interface Spelled {
    String spelling();
  }
}
