package costlake.config;

import java.util.Locale;

/** The spelling of enum constants in the configuration. */
final class EnumNames {
  private EnumNames() {}

  /**
   * Constants with a spelling of their own use it ({@code AWS_CUR} is {@code aws-cur}); others are
   * in lower case with underscores.
   */
  static String of(Object constant) {
    return constant instanceof Spelled spelled
        ? spelled.spelling()
        : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  /** An enum that is not spelled like its constants. */
  interface Spelled {
    String spelling();
  }
}
