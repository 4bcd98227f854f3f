package costlake.config;

import java.util.Locale;

/** How an enum constant is written in configuration. */
final class Names {
  private Names() {}

  /**
   * {@code AWS_CUR} is written as its own spelling says ({@code aws-cur}), others in lower case
   * with underscores.
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
