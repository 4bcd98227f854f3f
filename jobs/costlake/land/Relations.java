package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.config.SourceSettings;
import costlake.config.UserMapping;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.land.focus.FocusExport;
import costlake.land.read.RelationsOfKind;
import costlake.land.read.TableFiles;
import costlake.land.read.mapping.MappedRelation;
import costlake.land.read.mapping.MisplacedExport;
import costlake.land.read.mapping.UserMappedRelation;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.Relation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the relation that delivered rows belong to. */
final class Relations {
  /** Makes a relation that Java code maps. */
  private interface Strategy {
    Relation relation(
        SourceRelation described, SourceSettings settings, @Nullable UserMapping mapping);
  }

  /** Relations that Java code maps, by the name of the {@code strategy} in {@code kind.yml}. */
  private static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "focus",
          (described, settings, mapping) ->
              new FocusExport(settings.provider(), settings.focusVersion()),
          "mapping",
          (described, settings, mapping) -> new UserMappedRelation(described, mapping));

  private static final int RECORD_BYTES_MAX = 64 << 20;

  /**
   * The shape of a file whose kind nobody named. It has no header only if it has as many fields as
   * the relation states, and a number among them, which no header has.
   */
  private record Unnamed(Relation relation) implements FileShape {
    @Override
    public Optional<List<String>> headless(List<String> first) {
      return relation
          .headless(first)
          .filter(names -> names.size() == first.size())
          .filter(names -> first.stream().anyMatch(field -> field.matches("\\d+")));
    }

    @Override
    public Set<String> rowArrays() {
      return relation.rowArrays();
    }
  }

  private Relations() {}

  /** Returns the relations of deliveries of a source; see {@link Config#settings}. */
  static RelationsOfKind of(Config config, String sourceId, SourceKind kind) {
    return of(config, sourceId, kind, config.mapping(sourceId).orElse(null));
  }

  /** Returns the relations of a source, read with the mapping with which a delivery landed. */
  static RelationsOfKind of(
      Config config, String sourceId, SourceKind kind, @Nullable UserMapping mapping) {
    return of(kind, config.settings(new SourceSettings.Key(sourceId, kind.id())), mapping);
  }

  static RelationsOfKind of(Config config, Source source) {
    return of(
        source.sourceKind(), SourceSettings.of(source), config.mapping(source.id()).orElse(null));
  }

  /** Returns the relations of a kind with default settings. */
  static RelationsOfKind of(SourceKind kind) {
    return of(kind, SourceSettings.NONE, null);
  }

  private static RelationsOfKind of(
      SourceKind kind, SourceSettings settings, @Nullable UserMapping mapping) {
    return new RelationsOfKind(
        kind.relations().stream()
            .map(described -> of(kind, described, settings, mapping))
            .toList());
  }

  private static Relation of(
      SourceKind kind,
      SourceRelation described,
      SourceSettings settings,
      @Nullable UserMapping mapping) {
    return described.strategy() == null
        ? new MappedRelation(kind, described, settings.columns(), settings.zone())
        : Strategies.named("relation", described.strategy(), STRATEGIES)
            .relation(described, settings, mapping);
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

  /**
   * Finds the kinds of records that a file whose kind nobody named has by its columns or, if there
   * is none, may have if its columns have other names.
   */
  static List<FoundKind> find(Path file) {
    List<FoundKind> sure = find(file, FoundKind::sure);
    return sure.isEmpty() ? find(file, FoundKind::proposed) : sure;
  }

  private static List<FoundKind> find(
      Path file, BiFunction<SourceKind, List<String>, Optional<FoundKind>> found) {
    return SourceKinds.of(SourceKind.Family.RECORDS)
        .filter(kind -> kind.relations().stream().anyMatch(one -> !one.foundBy().isEmpty()))
        .flatMap(kind -> columns(kind, file).flatMap(header -> found.apply(kind, header)).stream())
        .toList();
  }

  private static Optional<List<String>> columns(SourceKind kind, Path file) {
    try {
      return Optional.of(TableFiles.columns(file, RECORD_BYTES_MAX, new Unnamed(of(kind))));
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  /** Explains why a file with this header is not a bill. */
  static Failure notRecognised(String file, List<String> header) {
    return Failure.operator(
        "%s",
        MisplacedExport.explain(header)
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
        name the kind, e.g. --from aws-cur; if not, describe its columns in a mapping
        (docs/mappings.md).
        """,
        file,
        String.join(", ", shown),
        header.size() > shown.size() ? ", ..." : "",
        SourceKinds.of(SourceKind.Family.BILL)
            .filter(kind -> !kind.isMapped())
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
