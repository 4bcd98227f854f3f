package costlake.land.read;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The manifest that an exporter writes beside an export: the files of a month.
 *
 * @param key its path
 * @param id the exporter's own id of the export, or empty
 * @param month billing month, YYYY-MM
 * @param files keys of the data files as the manifest writes them
 */
public record Manifest(String key, String id, String month, List<String> files) {
  public Manifest {
    files = List.copyOf(files);
  }

  /** The object of a named file, at whichever prefix of the bucket the source begins. */
  public Optional<Storage.Found> locate(String file, List<Storage.Found> found) {
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
