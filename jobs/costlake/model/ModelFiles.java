package costlake.model;

import costlake.config.RecordTable;
import costlake.config.SourceFiles;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.OwnFiles;
import costlake.core.TextFiles;
import costlake.page.PageFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of models, contracts, macros and cases, by path.
 *
 * @param models paths begin with {@code models/} or {@code sources/}
 * @param cases paths begin with {@code tests/models/} or {@code sources/}
 * @param withoutKinds models that read the charges of all kinds of sources, with one name in place
 *     of these charges
 * @param kinds the kinds of sources whose relations the models read
 * @param hasCases whether the cases below {@code tests/models/} are at hand; the jar lacks them
 * @param pages the files of pages, which declare models too, as {@link PageFiles} has them
 */
record ModelFiles(
    SortedMap<String, String> models,
    SortedMap<String, String> cases,
    Map<String, String> withoutKinds,
    List<SourceKind> kinds,
    boolean hasCases,
    SortedMap<String, String> pages) {
  /** Placeholder in a model for the charges of all kinds of sources. */
  static final String EVERY_CHARGE = "{{ every_charge() }}";

  /** Placeholder in an audit for the delivered costs of all kinds of sources. */
  static final String EVERY_COST = "{{ every_cost() }}";

  /**
   * Placeholder in a model for whether a kind of source has intervals. Without such a kind, Spark
   * does not plan what depends on it.
   */
  static final String HAS_INTERVALS = "{{ has_intervals() }}";

  /** Placeholder in an audit for the receivers of the rows of all tables of statements. */
  static final String EVERY_RECEIVER = "{{ every_receiver() }}";

  private static final String CASES = "tests/models/";
  private static final String ANY_KIND = "select * from any_kind";
  private static final List<String> ENDINGS = List.of(".sql", ".yml");

  /** Reads the files of a working copy. */
  static ModelFiles below(Path root) {
    SortedMap<String, String> ofKinds = SourceFiles.below(root);
    return of(
        read(root.resolve("models"), "models/"),
        Optional.of(casesBelow(root)),
        ofKinds,
        SourceKinds.read(ofKinds),
        PageFiles.below(root));
  }

  /** Reads the embedded files, for some kinds of sources. */
  static ModelFiles embedded(List<SourceKind> kinds) {
    return embedded(kinds, read("/model-cases", CASES));
  }

  /** Reads the embedded files, and the cases of a working copy, which the jar lacks. */
  static ModelFiles withCases(Path root) {
    return embedded(SourceKinds.all(), Optional.of(casesBelow(root)));
  }

  /** Reads the embedded files, and of the cases of models those in the user's own folder. */
  static ModelFiles withOwnCases() {
    ModelFiles files = embedded(SourceKinds.all(), Optional.empty());
    OwnFiles.folder(CASES).ifPresent(folder -> files.cases().putAll(read(folder, CASES)));
    return files;
  }

  private static ModelFiles embedded(
      List<SourceKind> kinds, Optional<SortedMap<String, String>> cases) {
    return of(
        read("/models", "models/").orElseThrow(),
        cases,
        SourceKinds.files(),
        kinds,
        PageFiles.embedded());
  }

  private static SortedMap<String, String> casesBelow(Path root) {
    return read(root.resolve("tests").resolve("models"), CASES);
  }

  /** Adds the models of these kinds, and replaces the placeholders for the unions of kinds. */
  private static ModelFiles of(
      SortedMap<String, String> models,
      Optional<SortedMap<String, String>> ofProgram,
      SortedMap<String, String> ofKinds,
      List<SourceKind> kinds,
      SortedMap<String, String> pages) {
    SortedMap<String, String> cases = ofProgram.orElseGet(TreeMap::new);
    for (SourceKind kind : kinds) {
      ofKinds
          .subMap(kind.folder(), kind.folder() + Character.MAX_VALUE)
          .forEach(
              (path, text) ->
                  (path.startsWith(kind.folder() + "cases/") ? cases : models).put(path, text));
    }
    String charges = union(kinds, SourceKind::charges);
    String costs = everyCost(kinds);
    String hasIntervals =
        Boolean.toString(!union(kinds, kind -> kind.model(RecordTable.INTERVALS)).isEmpty());
    Map<String, String> withoutKinds = withoutKinds(models);
    models.replaceAll(
        (path, text) ->
            withRecords(text, kinds)
                .replace(EVERY_CHARGE, charges)
                .replace(EVERY_COST, costs)
                .replace(HAS_INTERVALS, hasIntervals));
    return new ModelFiles(models, cases, withoutKinds, kinds, ofProgram.isPresent(), pages);
  }

  /** Replaces the placeholders for records. One stays if there is no kind with such records. */
  private static String withRecords(String text, List<SourceKind> kinds) {
    String replaced = text;
    for (RecordTable table : RecordTable.values()) {
      String records = union(kinds, kind -> kind.model(table));
      if (!records.isEmpty()) {
        replaced = replaced.replace(table.placeholder(), records);
      }
    }
    return replaced;
  }

  /** Replaces the placeholders for records by the same query, whatever the kinds are. */
  static String withRecords(String text, String query) {
    String replaced = text;
    for (RecordTable table : RecordTable.values()) {
      replaced = replaced.replace(table.placeholder(), query);
    }
    return replaced;
  }

  private static Map<String, String> withoutKinds(Map<String, String> models) {
    Map<String, String> without = new TreeMap<>();
    models.forEach(
        (path, text) -> {
          String other =
              withRecords(text.replace(EVERY_CHARGE, ANY_KIND), ANY_KIND)
                  .replace(HAS_INTERVALS, "true");
          if (!other.equals(text)) {
            without.put(path, other);
          }
        });
    return without;
  }

  /** All rows of a model that each kind of a family has. */
  private static String union(
      List<SourceKind> kinds, Function<SourceKind, @Nullable String> model) {
    return kinds.stream()
        .flatMap(kind -> Stream.ofNullable(model.apply(kind)))
        .map("select * from {{ ref('%s') }}"::formatted)
        .collect(Collectors.joining(" union all "));
  }

  private static String everyCost(List<SourceKind> kinds) {
    return Stream.concat(
            Stream.of("source('bronze.billed')"),
            kinds.stream()
                .flatMap(kind -> Stream.ofNullable(kind.costs()))
                .map("ref('%s')"::formatted))
        .map(
            relation ->
                "select source_id, period, currency, billed_cost, effective_cost from {{ "
                    + relation
                    + " }}")
        .collect(Collectors.joining(" union all "));
  }

  private static Optional<SortedMap<String, String>> read(String embedded, String prefix) {
    return Optional.ofNullable(ModelFiles.class.getResource(embedded))
        .map(folder -> prefixed(prefix, TextFiles.of(folder, ENDINGS)));
  }

  /** Whether a model without these cases is wrong. */
  boolean needs(String pathOfCases) {
    return hasCases || !pathOfCases.startsWith(CASES);
  }

  private static SortedMap<String, String> read(Path folder, String prefix) {
    return prefixed(prefix, TextFiles.of(folder, ENDINGS));
  }

  private static SortedMap<String, String> prefixed(
      String prefix, SortedMap<String, String> texts) {
    SortedMap<String, String> prefixed = new TreeMap<>();
    texts.forEach((path, text) -> prefixed.put(prefix + path, text));
    return prefixed;
  }
}
