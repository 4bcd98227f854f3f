package costlake.land;

import java.util.Locale;

/** What a file is, by its name. */
final class Formats {
  private Formats() {}

  static boolean csv(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv") || lower.endsWith(".csv.gz") || lower.endsWith(".csv.gzip");
  }

  static boolean parquet(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  /** Whether rows can be read from the file. Names that begin with a dot or _ are bookkeeping. */
  static boolean table(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return !name.startsWith(".") && !name.startsWith("_") && (csv(name) || parquet(name));
  }
}
