package costlake.core;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a dataset: the files that one run of an export wrote. The name is the path of a file
 * without the number of its part and without its format. Any other number stays in the name,
 * because it may be the date or the number of a run.
 */
public final class DatasetName {
  /**
   * Prefix of the folder of a dataset whose type the manifest states. The path of this folder is
   * the name of the dataset.
   */
  public static final String STATED = "type=";

  private static final Pattern FORMAT =
      Pattern.compile("([.](snappy|gz|gzip|zstd|lz4))?[.](csv|parquet|json|jsonl|ndjson|avro).*$");
  private static final Pattern PART = Pattern.compile("(^|[_-])part[_-]?[0-9]+(_[0-9]+)?");
  private static final Pattern N_OF_M = Pattern.compile("(^|[_-])[0-9]+[_-]of[_-][0-9]+$");

  private DatasetName() {}

  /** Returns the name of the dataset of a file. */
  public static String of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    int name = lower.lastIndexOf('/') + 1;
    String folder = lower.substring(0, name);
    return folder.startsWith(STATED) ? folder : folder + withoutPart(lower.substring(name));
  }

  private static String withoutPart(String name) {
    String plain = FORMAT.matcher(name).replaceFirst("");
    String whole = N_OF_M.matcher(plain).replaceFirst("$1");
    return PART.matcher(whole).replaceFirst("$1").replaceFirst("(?<=.)[_-]$", "");
  }
}
