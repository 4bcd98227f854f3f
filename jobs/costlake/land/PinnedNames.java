package costlake.land;

import costlake.core.DatasetName;
import costlake.land.read.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names the copies of an export's files. If the kind may have several datasets in a delivery, the
 * names include the folder of each file, because the folder shows the dataset.
 */
final class PinnedNames {
  private final Export export;
  private final Map<String, String> folders = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private PinnedNames(Export export) {
    this.export = export;
  }

  /** Returns the names, in the order of the files. */
  static List<String> of(Export export) {
    PinnedNames names = new PinnedNames(export);
    List<String> all = new ArrayList<>();
    for (Storage.Found file : export.files()) {
      all.add(names.name(file, all.size() + 1));
    }
    return all;
  }

  private String name(Storage.Found file, int number) {
    String folder = export.source().sourceKind().hasDatasets() ? folder(file, number) : "";
    String name = PinnedPaths.safe(file.name());
    return folder + (taken.add(folder + name) ? name : number + "-" + name);
  }

  private String folder(Storage.Found file, int number) {
    String above = file.key().substring(0, file.key().lastIndexOf('/') + 1);
    String stated = export.datasets().get(file.key());
    return folders.computeIfAbsent(
        stated == null ? above : stated,
        path -> distinct(stated == null ? unstated(safe(path)) : safe(path), number));
  }

  /**
   * Puts an underscore before a folder name that looks as if a manifest had stated the type of the
   * dataset.
   */
  private static String unstated(String folder) {
    return folder.startsWith(DatasetName.STATED) ? "_" + folder : folder;
  }

  /** Puts a number before the folder name if another folder already has the same safe name. */
  private String distinct(String folder, int number) {
    return folders.containsValue(folder) ? number + "-" + folder : folder;
  }

  private static String safe(String folder) {
    return Arrays.stream(folder.split("/"))
        .filter(part -> !part.isEmpty())
        .map(part -> PinnedPaths.safe(part) + "/")
        .collect(Collectors.joining());
  }
}
