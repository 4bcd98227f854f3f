package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.config.SourceSettings;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.land.focus.FocusExport;
import costlake.land.read.MappedRelation;
import costlake.land.read.Relation;
import costlake.land.read.RelationsOfKind;
import costlake.land.read.UnsupportedExport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Finds the relation that delivered rows belong to. */
final class Relations {
  /** Relations that Java code maps, by the name of the {@code strategy} in {@code kind.yml}. */
  private static final Map<String, BiFunction<SourceRelation, SourceSettings, Relation>>
      STRATEGIES =
          Map.of(
              "focus",
              (described, settings) ->
                  new FocusExport(settings.provider(), settings.focusVersion()));

  private Relations() {}

  /** Returns the relations of deliveries of a source; see {@link Config#settings}. */
  static RelationsOfKind of(Config config, String sourceId, SourceKind kind) {
    return of(kind, config.settings(new SourceSettings.Key(sourceId, kind.id())));
  }

  static RelationsOfKind of(Source source) {
    return of(source.sourceKind(), SourceSettings.of(source));
  }

  /** Returns the relations of a kind with default settings. */
  static RelationsOfKind of(SourceKind kind) {
    return of(kind, SourceSettings.NONE);
  }

  private static RelationsOfKind of(SourceKind kind, SourceSettings settings) {
    return new RelationsOfKind(
        kind.relations().stream().map(described -> of(kind, described, settings)).toList());
  }

  private static Relation of(SourceKind kind, SourceRelation described, SourceSettings settings) {
    return described.strategy() == null
        ? new MappedRelation(kind, described, settings.columns())
        : Strategies.named("relation", described.strategy(), STRATEGIES).apply(described, settings);
  }

  /**
   * Finds the kind of bill that a header belongs to.
   *
   * @param file path of the file, for the message
   * @throws Failure with exit code 2 if several kinds recognise the header
   */
  static Optional<SourceKind> recognise(String file, List<String> header) {
    return recognise(SourceKinds.all(), file, header);
  }

  static Optional<SourceKind> recognise(List<SourceKind> known, String file, List<String> header) {
    List<SourceKind> kinds =
        known.stream().filter(kind -> kind.isBill() && of(kind).recognises(header)).toList();
    if (kinds.size() > 1) {
      throw Failure.operator(
          "Cannot tell which kind of bill %s is: its header fits %s. Name the kind, e.g. --from"
              + " %s.",
          file,
          kinds.stream().map(SourceKind::id).collect(Collectors.joining(" and ")),
          kinds.get(0).id());
    }
    return kinds.stream().findFirst();
  }

  /** Explains why a file with this header is not a bill. */
  static Failure notRecognised(String file, List<String> header) {
    return Failure.operator(
        "%s",
        UnsupportedExport.explain(header)
            .or(() -> missing(header))
            .map(why -> "Cannot read " + file + " as a bill: " + why)
            .orElseGet(() -> unknown(file, header)));
  }

  private static Optional<String> missing(List<String> header) {
    return SourceKinds.of(SourceKind.Family.BILL)
        .flatMap(kind -> of(kind).missing(header).stream())
        .findFirst();
  }

  private static String unknown(String file, List<String> header) {
    List<String> shown = header.subList(0, Math.min(8, header.size()));
    return Message.of(
        """
        Cannot recognise %s: its columns begin with %s%s. Costlake reads %s. If it is one of them,
        name the kind, e.g. --from aws-cur.
        """,
        file,
        String.join(", ", shown),
        header.size() > shown.size() ? ", ..." : "",
        SourceKinds.of(SourceKind.Family.BILL)
            .map(Relations::shown)
            .collect(Collectors.joining("; ")));
  }

  private static String shown(SourceKind kind) {
    return kind.title()
        + " (with "
        + String.join(" and ", kind.relations().get(0).recognisedBy())
        + ")";
  }
}
