package costlake.land.read;

import java.util.Locale;

/** The format of a file, by its name. */
public final class Formats {
  private Formats() {}

  /** Whether the name belongs to a CSV file, compressed or not. */
  public static boolean csv(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv") || lower.endsWith(".csv.gz") || lower.endsWith(".csv.gzip");
  }

  /** Whether the name belongs to a Parquet file. */
  public static boolean parquet(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  /** Whether the name is one that a delivery has, of a table or of an answer of Prometheus. */
  public static boolean data(String path) {
    return table(path) || path.endsWith(".json") || path.endsWith(".json.gz");
  }

  /** Whether a file looks like a table but is not read. */
  public static boolean isIgnored(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    boolean looks = name.contains(".csv") || name.contains(".parquet");
    return looks && !table(path) && !name.endsWith(".crc");
  }

  /** Whether rows can be read from the file. Names that begin with a dot or _ are bookkeeping. */
  public static boolean table(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return !name.startsWith(".") && !name.startsWith("_") && (csv(name) || parquet(name));
  }
}
