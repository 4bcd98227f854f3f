package costlake.land.read;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manifest that an exporter writes beside an export. It lists the files of a month.
 *
 * @param key path of the manifest
 * @param id id that the exporter gave the export, or empty
 * @param month billing month, YYYY-MM
 * @param files data files, by their names in the manifest
 * @param datasets the folder of the dataset of each file, by the name of the file; empty if all
 *     files belong to one dataset
 */
public record Manifest(
    String key, String id, String month, List<String> files, Map<String, String> datasets) {
  public Manifest {
    files = List.copyOf(files);
    datasets = Map.copyOf(datasets);
  }

  /** Creates a manifest whose files belong to one dataset. */
  public Manifest(String key, String id, String month, List<String> files) {
    this(key, id, month, files, Map.of());
  }

  /**
   * Finds the file that a manifest names. Compares only the ends of the paths, because the location
   * of the source may be any prefix of the bucket.
   */
  public static Optional<Storage.Found> locate(String file, List<Storage.Found> found) {
    String path = file.replaceFirst("^s3a?://[^/]+/", "").replaceFirst("^/+", "");
    return found.stream()
        .filter(
            object ->
                path.equals(object.key())
                    || path.endsWith("/" + object.key())
                    || object.key().endsWith("/" + path))
        .max(Comparator.comparing(object -> object.key().length()));
  }
}
