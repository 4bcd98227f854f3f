package costlake.land.read;

import costlake.compress.Compression;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats that are read; the end of a file's name says which one it has. */
public final class Formats {
  /** The names of files that are read, for messages. */
  public static final String READ =
      ".csv, .json, .jsonl and .ndjson (each also as .gz or .zst), .parquet and .avro";

  private static final Format CSV = new CsvFormat();
  private static final List<Format> ALL =
      List.of(CSV, new JsonFormat(), new ParquetFormat(), new AvroFormat());
  private static final List<String> PLAINLY_TABLES =
      List.of(".csv", ".jsonl", ".ndjson", ".parquet", ".avro");
  private static final String JSON = ".json";
  private static final Pattern PACKED_JSON =
      Pattern.compile("\\.json\\.(bz2|zip|xz|7z|lz4|snappy)$");

  /** Parts of the names of JSON files that say something about a table. */
  private static final List<String> ABOUT_TABLES = List.of("manifest", "metadata", "schema");

  private Formats() {}

  /** The format of a file that is read; empty if it is not. */
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

  /** Whether a file of this name is read, if somebody names it. */
  public static boolean isRead(String path) {
    return find(path).isPresent();
  }

  /** Whether rows can be read while the bytes arrive, because the columns come first. */
  public static boolean isStreamed(String path) {
    return find(path).filter(CSV::equals).isPresent();
  }

  /** Whether two files are of one format, compressed or not. */
  public static boolean isAlike(String one, String other) {
    return find(one).equals(find(other));
  }

  /** What the number of a row counts: lines or rows. */
  public static String unit(String path) {
    return of(path).unit();
  }

  /** Whether the name is one that a delivery has, of a table or of an answer of Prometheus. */
  public static boolean data(String path) {
    return table(path) || isJson(path);
  }

  /** Whether the name ends in {@code .json}, which need not be a table. */
  public static boolean isJson(String path) {
    return Compression.plain(name(path)).endsWith(JSON);
  }

  /** The keys of the first objects of a file of JSON lines; nothing if it is empty or damaged. */
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
   * Whether a file that is found in a delivery is one of its tables. Names that begin with a dot or
   * _ are bookkeeping, and so are manifests and schemas in JSON.
   */
  public static boolean table(String path) {
    String name = name(path);
    return !name.startsWith(".")
        && !name.startsWith("_")
        && isRead(path)
        && !(isJson(path) && ABOUT_TABLES.stream().anyMatch(name::contains));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
