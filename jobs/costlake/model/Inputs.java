package costlake.model;

import costlake.config.ConfTables;
import costlake.config.Config;
import costlake.config.ReferenceLists;
import costlake.config.Required;
import costlake.config.SourceKind;
import costlake.config.SourceRelation;
import costlake.config.YamlRecords;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads models/inputs.yml, and adds the relations conf.* that the configuration declares. */
final class Inputs {
  static final String FILE = "models/inputs.yml";

  /**
   * The columns that each bronze relation of a kind of source has in addition: they describe the
   * origin of a row.
   */
  private static final Map<String, String> PLACE =
      ddl("_repairs array<string>, " + SourceRelation.PLACE + ", _row bigint");

  private record Document(@Required Map<String, Spec> inputs) {}

  private record Spec(
      @Required String meaning,
      @Nullable String day,
      Map<String, String> columns,
      @Nullable ListRules rules) {
    Input input(RelationName relation) {
      return new Input(
          relation, meaning, day, columns, Objects.requireNonNullElse(rules, ListRules.NONE));
    }
  }

  private Inputs() {}

  static Map<RelationName, Input> read(String text, List<String> problems) {
    Map<RelationName, Input> inputs = new TreeMap<>();
    YamlRecords.read(text, FILE, Document.class, problems)
        .map(Document::inputs)
        .orElse(Map.of())
        .forEach(
            (name, spec) -> {
              RelationName relation = RelationName.parse(name);
              inputs.put(relation, spec.input(relation));
            });
    ConfTables.of(Config.defaults(Path.of(".")))
        .forEach(
            table -> {
              RelationName relation = RelationName.parse(table.name());
              inputs.put(
                  relation,
                  new Input(relation, "Part of the configuration", null, ddl(table.ddl())));
            });
    return inputs;
  }

  /** Returns the relations that kinds of sources deliver. */
  static Map<RelationName, Input> ofKinds(List<SourceKind> kinds) {
    Map<RelationName, Input> inputs = new TreeMap<>();
    kinds.stream()
        .flatMap(kind -> kind.relations().stream())
        .forEach(
            relation -> {
              RelationName name = new RelationName("bronze", relation.name());
              inputs.put(name, new Input(name, relation.meaning(), null, columns(relation)));
            });
    return inputs;
  }

  private static Map<String, String> columns(SourceRelation relation) {
    Map<String, String> columns = new LinkedHashMap<>(relation.types());
    columns.putAll(PLACE);
    return columns;
  }

  /**
   * Finds a reference list that has no entry in {@code models/inputs.yml}. All its columns are
   * text.
   */
  static Optional<Input> referenceList(RelationName name) {
    return ReferenceLists.columns(name.name())
        .map(
            columns -> {
              Map<String, String> types = new LinkedHashMap<>();
              columns.forEach(column -> types.put(column.strip(), "string"));
              return new Input(name, "Reference list", null, types);
            });
  }

  private static Map<String, String> ddl(String ddl) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : ddl.split(",(?![^(<]*[)>])", -1)) {
      String[] parts = column.strip().split("\\s+", 2);
      columns.put(parts[0], parts[1]);
    }
    return columns;
  }
}
