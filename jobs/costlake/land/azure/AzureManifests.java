package costlake.land.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.DatasetName;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.land.read.Manifest;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads the manifests of Cost Management exports. A month is delivered by the newest run of each
 * export of actual or amortised costs; their files count as one delivery.
 */
public final class AzureManifests {
  private static final ObjectMapper JSON = new ObjectMapper();
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
   * @throws Failure with exit code 3 if one cannot be read
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
    String address = storage.address(key);
    try (InputStream in = storage.open(key)) {
      JsonNode json = JSON.readTree(in);
      JsonNode export = json.path("exportConfig");
      String type = export.path("type").asText("");
      if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
        return List.of();
      }
      return List.of(run(address, key, json, export.path("resourceId").asText(""), type));
    } catch (IOException e) {
      throw FileErrors.isCause(e) ? FileErrors.of(address, e) : broken(address, e.getMessage(), e);
    }
  }

  private static Run run(String address, String key, JsonNode json, String export, String type) {
    JsonNode info = json.path("runInfo");
    String start = info.path("startDate").asText("");
    if (!start.matches("\\d{4}-(0[1-9]|1[0-2])-\\d{2}.*")) {
      throw broken(address, "its runInfo has no startDate", null);
    }
    List<String> files = new ArrayList<>();
    json.path("blobs").forEach(blob -> files.add(blob.path("blobName").asText()));
    return new Run(
        key,
        export + ' ' + type,
        type,
        info.path("runId").asText(""),
        info.path("submittedTime").asText(""),
        start.substring(0, 7),
        files);
  }

  private static Failure broken(String address, @Nullable String why, @Nullable IOException cause) {
    return Failure.data(
        cause,
        """
        Cannot read the manifest %s: %s. Let Azure run the export again, or remove the manifest.
        """,
        address,
        why);
  }
}
