package costlake.land.aws;

import com.fasterxml.jackson.databind.JsonNode;
import costlake.land.read.Manifest;
import costlake.land.read.ManifestFile;
import costlake.land.read.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the manifests of AWS. The id of an export is the assembly id of a legacy report or the
 * execution id of a data export.
 */
public final class AwsManifests {
  private static final Pattern PARTITION =
      Pattern.compile("BILLING_PERIOD=(\\d{4}-(?:0[1-9]|1[0-2]))");
  private static final Pattern DAY = Pattern.compile("(\\d{4})-?(0[1-9]|1[0-2])-?\\d{2}.*");

  private AwsManifests() {}

  /**
   * Finds the manifest of each month. If a month has several manifests, the manifest in the folder
   * nearest to the top counts, because AWS keeps copies in the folders of earlier assemblies. If
   * several manifests are at the same depth, the manifest that was written last counts; of those
   * written in the same second, the manifest with the last key, which has the time of the run.
   *
   * @throws costlake.core.Failure with exit code 3 if a manifest cannot be read
   */
  public static Collection<Manifest> in(Storage storage, List<Storage.Found> found) {
    Map<String, Manifest> byMonth = new TreeMap<>();
    found.stream()
        .filter(object -> object.name().endsWith("Manifest.json"))
        .sorted(
            Comparator.comparing((Storage.Found object) -> depth(object.key()))
                .thenComparing(Storage.Found::modified, Comparator.reverseOrder())
                .thenComparing(Storage.Found::key, Comparator.reverseOrder()))
        .map(object -> read(storage, object.key()))
        .forEach(manifest -> byMonth.putIfAbsent(manifest.month(), manifest));
    return byMonth.values();
  }

  private static long depth(String key) {
    return key.chars().filter(c -> c == '/').count();
  }

  private static Manifest read(Storage storage, String key) {
    ManifestFile file = new ManifestFile(storage, key, "Let AWS deliver the export again");
    JsonNode json = file.read();
    List<String> files = new ArrayList<>();
    for (String name : List.of("reportKeys", "dataFiles", "files")) {
      json.path(name).forEach(named -> files.add(named.asText()));
    }
    return new Manifest(
        key,
        json.path("assemblyId").asText(json.path("executionId").asText("")),
        month(json, key, files).orElseThrow(() -> file.broken("it names no billing period")),
        files);
  }

  private static Optional<String> month(JsonNode json, String key, List<String> files) {
    JsonNode period = json.path("billingPeriod");
    Matcher start = DAY.matcher(period.path("start").asText(period.asText("")));
    if (start.matches()) {
      return Optional.of(start.group(1) + "-" + start.group(2));
    }
    List<String> places = new ArrayList<>(files);
    places.add(key);
    return places.stream()
        .map(PARTITION::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }
}
