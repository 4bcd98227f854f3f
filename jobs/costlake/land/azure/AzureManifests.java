package costlake.land.azure;

import com.fasterxml.jackson.databind.JsonNode;
import costlake.core.DatasetName;
import costlake.land.read.Manifest;
import costlake.land.read.ManifestFile;
import costlake.land.read.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the manifests of Cost Management exports. A month is delivered by the newest run of each
 * export of actual or amortised costs; their files count as one delivery.
 */
public final class AzureManifests {
  private static final String NAME = "manifest.json";

  /** Other exports, such as price sheets or FOCUS, may lie in the same container. */
  private static final Set<String> TYPES = Set.of("actualcost", "amortizedcost", "usage");

  /** A run of an export for a month. */
  private record Run(
      String key,
      String export,
      String type,
      String id,
      String submitted,
      String month,
      List<String> files) {}

  private AzureManifests() {}

  /**
   * The manifests that count: one a month.
   *
   * @throws costlake.core.Failure with exit code 3 if one cannot be read
   */
  public static Collection<Manifest> in(Storage storage, List<Storage.Found> found) {
    Map<String, Map<String, Run>> months = new TreeMap<>();
    found.stream()
        .filter(object -> object.name().endsWith(NAME))
        .sorted(Comparator.comparing(Storage.Found::key))
        .flatMap(object -> read(storage, object.key()).stream())
        .forEach(
            run ->
                months
                    .computeIfAbsent(run.month(), any -> new TreeMap<>())
                    .merge(run.export(), run, AzureManifests::newer));
    return months.values().stream().map(runs -> manifest(List.copyOf(runs.values()))).toList();
  }

  private static Run newer(Run one, Run other) {
    return one.submitted().compareTo(other.submitted()) > 0 ? one : other;
  }

  private static Manifest manifest(List<Run> runs) {
    return new Manifest(
        runs.get(0).key(),
        runs.stream().map(Run::id).collect(Collectors.joining("_")),
        runs.get(0).month(),
        runs.stream().flatMap(run -> run.files().stream()).toList(),
        datasets(runs));
  }

  private static Map<String, String> datasets(List<Run> runs) {
    Map<String, String> datasets = new HashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      String dataset = DatasetName.STATED + runs.get(i).type() + "_" + (i + 1);
      runs.get(i).files().forEach(file -> datasets.put(file, dataset));
    }
    return datasets;
  }

  /** The run that a manifest describes; none if the export is of another type. */
  private static List<Run> read(Storage storage, String key) {
    ManifestFile file = new ManifestFile(storage, key, "Let Azure run the export again");
    JsonNode json = file.read();
    String type = json.path("exportConfig").path("type").asText("");
    return TYPES.contains(type.toLowerCase(Locale.ROOT))
        ? List.of(run(file, key, json, type))
        : List.of();
  }

  private static Run run(ManifestFile file, String key, JsonNode json, String type) {
    JsonNode info = json.path("runInfo");
    String start = info.path("startDate").asText("");
    if (!start.matches("\\d{4}-(0[1-9]|1[0-2])-\\d{2}.*")) {
      throw file.broken("its runInfo has no startDate");
    }
    List<String> files = new ArrayList<>();
    json.path("blobs").forEach(blob -> files.add(blob.path("blobName").asText()));
    return new Run(
        key,
        json.path("exportConfig").path("resourceId").asText("") + ' ' + type,
        type,
        info.path("runId").asText(""),
        info.path("submittedTime").asText(""),
        start.substring(0, 7),
        files);
  }
}
