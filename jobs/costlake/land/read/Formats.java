package costlake.land.read;

import costlake.compress.Compression;
import costlake.land.read.avro.AvroFormat;
import costlake.land.read.csv.CsvFormat;
import costlake.land.read.csv.Separation;
import costlake.land.read.json.JsonFormat;
import costlake.land.read.parquet.ParquetFormat;
import costlake.land.read.rows.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats that Costlake reads. The ending of the file name determines the format. */
public final class Formats {
  /** Endings of file names that are read, for messages. */
  public static final String READ =
      ".csv, .json, .jsonl, .ndjson and .psv (each also as .gz or .zst), .parquet and .avro";

  private static final Format CSV = new CsvFormat();
  private static final List<Format> ALL =
      List.of(CSV, new JsonFormat(), new ParquetFormat(), new AvroFormat());
  private static final List<String> PLAINLY_TABLES =
      List.of(".csv", ".psv", ".jsonl", ".ndjson", ".parquet", ".avro");
  private static final String JSON = ".json";
  private static final Pattern PACKED_JSON =
      Pattern.compile("\\.json\\.(bz2|zip|xz|7z|lz4|snappy)$");

  /**
   * Parts of file names. A JSON file with one of these parts in its name describes a table and is
   * not a table.
   */
  private static final List<String> ABOUT_TABLES = List.of("manifest", "metadata", "schema");

  private Formats() {}

  /** Finds the format of a file; empty if the file is not read. */
  static Optional<Format> find(String path) {
    String name = name(path);
    String plain = Compression.plain(name);
    return ALL.stream()
        .filter(format -> format.suffixes().stream().anyMatch(plain::endsWith))
        .filter(format -> format.compressible() || plain.equals(name))
        .findFirst();
  }

  static Format of(String path) {
    return find(path).orElseThrow(() -> new IllegalArgumentException("not a table: " + path));
  }

  /** Whether a file of this name can be read if the user names it. */
  public static boolean isRead(String path) {
    return find(path).isPresent();
  }

  /** Whether rows can be read before the whole file has arrived. */
  public static boolean isStreamed(String path) {
    return find(path).filter(CSV::equals).isPresent();
  }

  /** Whether two files are of one format, compressed or not. */
  public static boolean isAlike(String one, String other) {
    return find(one).equals(find(other));
  }

  /** Returns the unit of the row numbers of a file: line or row. */
  public static String unit(String path) {
    return of(path).unit();
  }

  /** Whether a file of this name can be a table or a Prometheus response. */
  public static boolean data(String path) {
    return table(path) || isJson(path);
  }

  /** Whether the name ends in {@code .json}. Such a file may be something other than a table. */
  public static boolean isJson(String path) {
    return Compression.plain(name(path)).endsWith(JSON);
  }

  /** Reads the keys of the first objects of a JSON lines file; empty if it is empty or damaged. */
  public static Optional<List<String>> firstKeys(Path json) {
    return JsonFormat.firstKeys(json);
  }

  /** Whether a file looks like a table but is not read. */
  public static boolean isIgnored(String path) {
    String name = name(path);
    return (PLAINLY_TABLES.stream().anyMatch(name::contains) || PACKED_JSON.matcher(name).find())
        && !table(path)
        && !name.endsWith(".crc");
  }

  /**
   * Whether a file of a delivery is a table. Files whose names begin with a dot or an underscore
   * are not tables, and neither are JSON files with manifests or schemas.
   */
  public static boolean table(String path) {
    String name = name(path);
    return !name.startsWith(".")
        && !name.startsWith("_")
        && isRead(path)
        && !isLog(path)
        && !(isJson(path) && ABOUT_TABLES.stream().anyMatch(name::contains));
  }

  /** Whether a file has the ending of a log. */
  public static boolean isLog(String path) {
    return Compression.plain(name(path)).endsWith(Separation.LOG);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
