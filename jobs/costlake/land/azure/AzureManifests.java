package costlake.land.azure;

import com.fasterxml.jackson.databind.JsonNode;
import costlake.core.DatasetName;
import costlake.core.Failure;
import costlake.land.read.Formats;
import costlake.land.read.Manifest;
import costlake.land.read.ManifestFile;
import costlake.land.read.Storage;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
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
 * Reads the manifests of Cost Management exports. A month is delivered by the newest runs of each
 * export of actual or amortised costs; their files count as one delivery. An export may deliver a
 * month in several runs, such as weeks.
 */
public final class AzureManifests {
  private static final String NAME = "manifest.json";

  /**
   * Types of exports that are read. Other exports, such as price sheets or FOCUS, may be in the
   * same container.
   */
  private static final Set<String> TYPES = Set.of("actualcost", "amortizedcost", "usage");

  /** A run of an export for a month. */
  private record Run(
      ManifestFile file,
      String export,
      String type,
      String id,
      String submitted,
      LocalDate start,
      LocalDate end,
      List<String> files,
      int blobCount) {
    String key() {
      return file.key();
    }

    String month() {
      return start.toString().substring(0, 7);
    }

    boolean covers(Run other) {
      return !start.isAfter(other.start) && !end.isBefore(other.end);
    }

    boolean overlaps(Run other) {
      return !start.isAfter(other.end) && !end.isBefore(other.start);
    }
  }

  private AzureManifests() {}

  /**
   * Returns one manifest for each month. It lists the files that count.
   *
   * @throws costlake.core.Failure with exit code 3 if a manifest cannot be read
   */
  public static Collection<Manifest> in(Storage storage, List<Storage.Found> found) {
    Map<String, List<Run>> months =
        found.stream()
            .filter(object -> object.name().endsWith(NAME))
            .flatMap(object -> read(storage, object.key()).stream())
            .sorted(Comparator.comparing(Run::submitted).thenComparing(Run::key).reversed())
            .collect(Collectors.groupingBy(Run::month, TreeMap::new, Collectors.toList()));
    return months.values().stream().map(runs -> manifest(newest(runs), found)).toList();
  }

  /** Returns the runs whose files count. {@code runs} are all runs of a month, the newest first. */
  private static List<Run> newest(List<Run> runs) {
    List<Run> newest = new ArrayList<>();
    for (Run run : runs) {
      List<Run> later = newest.stream().filter(r -> r.export().equals(run.export())).toList();
      if (later.stream().noneMatch(r -> r.covers(run))) {
        later.stream()
            .filter(r -> r.overlaps(run))
            .findFirst()
            .ifPresent(r -> refuseOverlap(run, r));
        newest.add(run);
      }
    }
    newest.forEach(AzureManifests::refuseIncomplete);
    newest.sort(Comparator.comparing(Run::export).thenComparing(Run::start));
    return newest;
  }

  private static void refuseOverlap(Run run, Run later) {
    throw run.file()
        .broken(
            "its days are in part those of %s, a later run of the export"
                .formatted(later.file().address()));
  }

  private static void refuseIncomplete(Run run) {
    int listed = run.files().size();
    if (listed == 0) {
      throw run.file().broken("its list of blobs is empty");
    }
    if (listed != run.blobCount()) {
      throw run.file()
          .broken("its blobCount is %d, but it lists %d".formatted(run.blobCount(), listed));
    }
  }

  /**
   * Combines several runs into one manifest. If a run lacks a file, the manifest has the key of
   * this run, so that a message can name it.
   */
  private static Manifest manifest(List<Run> runs, List<Storage.Found> found) {
    Run named =
        runs.stream()
            .filter(run -> run.files().stream().anyMatch(file -> isMissing(file, found)))
            .findFirst()
            .orElse(runs.get(0));
    return new Manifest(
        named.key(),
        runs.stream().map(Run::id).collect(Collectors.joining("_")),
        runs.get(0).month(),
        runs.stream().flatMap(run -> run.files().stream()).toList(),
        datasets(runs));
  }

  private static boolean isMissing(String file, List<Storage.Found> found) {
    return Manifest.locate(file, found).isEmpty();
  }

  /** Returns the tables in folders without a manifest. */
  public static List<String> unlisted(List<Storage.Found> found) {
    Set<String> folders =
        found.stream()
            .map(Storage.Found::key)
            .filter(key -> key.endsWith(NAME))
            .map(AzureManifests::folder)
            .collect(Collectors.toSet());
    return found.stream()
        .map(Storage.Found::key)
        .filter(key -> Formats.table(key) && !folders.contains(folder(key)))
        .toList();
  }

  private static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  private static Map<String, String> datasets(List<Run> runs) {
    Map<String, String> datasets = new HashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      String dataset = DatasetName.STATED + runs.get(i).type() + "_" + (i + 1);
      runs.get(i).files().forEach(file -> datasets.put(file, dataset));
    }
    return datasets;
  }

  /**
   * Returns the run that a manifest describes, as a list; the list is empty if the export is of
   * another type.
   */
  private static List<Run> read(Storage storage, String key) {
    ManifestFile file = new ManifestFile(storage, key, "Let Azure run the export again");
    JsonNode json = file.read();
    String type = json.path("exportConfig").path("type").asText("");
    return TYPES.contains(type.toLowerCase(Locale.ROOT))
        ? List.of(run(file, json, type))
        : List.of();
  }

  private static Run run(ManifestFile file, JsonNode json, String type) {
    JsonNode info = json.path("runInfo");
    LocalDate start = start(file, info.path("startDate").asText(""));
    List<String> files = new ArrayList<>();
    json.path("blobs").forEach(blob -> files.add(blob.path("blobName").asText()));
    return new Run(
        file,
        json.path("exportConfig").path("resourceId").asText(""),
        type,
        info.path("runId").asText(""),
        info.path("submittedTime").asText(""),
        start,
        end(file, start, info.path("endDate").asText("")),
        files,
        json.path("blobCount").asInt(files.size()));
  }

  private static LocalDate start(ManifestFile file, String stated) {
    if (stated.isEmpty()) {
      throw file.broken("its runInfo has no startDate");
    }
    return date(file, stated);
  }

  /**
   * Returns the last day of a run. It is the last day of the month if the manifest states no end,
   * or states the first day of the next month.
   */
  private static LocalDate end(ManifestFile file, LocalDate start, String stated) {
    LocalDate last = start.with(TemporalAdjusters.lastDayOfMonth());
    LocalDate end = stated.isEmpty() ? last : date(file, stated);
    if (end.isAfter(last.plusDays(1))) {
      throw Failure.data(
          """
          Cannot read the manifest %s: it covers several months, %s to %s. Let Azure run the export
          for each month, and remove this run.
          """,
          file.address(), start, end);
    }
    return end.isAfter(last) ? last : end;
  }

  private static LocalDate date(ManifestFile file, String stated) {
    try {
      return LocalDate.parse(stated.replaceFirst("T.*", ""));
    } catch (DateTimeException e) {
      throw file.broken("its runInfo has an invalid date, " + stated);
    }
  }
}
