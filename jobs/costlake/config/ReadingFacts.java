package costlake.config;

import costlake.core.CodeNumber;
import costlake.core.Sha256;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What decides how the files of a source are read: facts by name, equal in every process if the
 * rows are equal. The mapping of a source is not among them, because a delivery keeps it.
 */
public final class ReadingFacts {
  /** Name of the fact with the number of the code. */
  public static final String CODE = "code number";

  private ReadingFacts() {}

  /** Returns the facts of the deliveries of a source and kind that are read with settings. */
  public static Map<String, String> of(SourceSettings.Key source, SourceSettings settings) {
    return Map.of(
        CODE,
        String.valueOf(CodeNumber.NOW),
        ofKind(source.kind()),
        digest(SourceKinds.of(source.kind())),
        source.fact(),
        settings.text());
  }

  /** Returns the name of the fact of a kind. */
  public static String ofKind(String kind) {
    return "kind " + kind;
  }

  /** Returns a text that differs if the files of a kind are read in another way. */
  static String digest(SourceKind kind) {
    Stream<String> models =
        Stream.of(
            kind.series().toString(),
            String.valueOf(kind.hasDatasets()),
            String.valueOf(kind.charges()),
            String.valueOf(kind.costs()),
            new TreeMap<>(kind.records()).toString());
    Stream<String> relations = kind.relations().stream().map(SourceRelation::howRowsAreRead);
    return Sha256.hex(
        Stream.of(models, relations, lists(kind))
            .flatMap(texts -> texts)
            .collect(Collectors.joining("\n")));
  }

  /** Returns the lists that say how a kind of telemetry reads its samples. */
  private static Stream<String> lists(SourceKind kind) {
    return SourceKinds.files().entrySet().stream()
        .filter(file -> kind.isTelemetry() && file.getKey().startsWith(kind.folder()))
        .filter(file -> file.getKey().endsWith(".csv"))
        .map(Map.Entry::getValue);
  }
}
