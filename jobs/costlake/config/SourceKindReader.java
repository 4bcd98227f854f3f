package costlake.config;

import costlake.core.Nearest;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code kind.yml} and the lists of columns of kinds of sources, and checks them. */
final class SourceKindReader {
  private static final String FILE = "kind.yml";
  private static final List<String> COLUMN_LIST = List.of("name", "type", "required", "meaning");
  private static final String ISO = "iso";

  /** Formats of times that are no patterns. */
  static final Set<String> TIMES = Set.of(ISO, "unix_s", "unix_ms");

  /** Content of {@code kind.yml}. */
  record KindFile(
      @Required String title,
      @Required SourceKind.Family family,
      @Required SourceKind.Period period,
      @Nullable String manifest,
      @Nullable String provider,
      List<RelationEntry> relations,
      List<String> series,
      @Nullable String charges,
      @Nullable String costs,
      boolean datasets,
      @Nullable String intervals,
      @Nullable String runs,
      @Nullable String requests,
      @Nullable String fetchedBy,
      boolean localTimes,
      @Nullable SourceGuide guide,
      Origin origin) {
    Map<RecordTable, String> records() {
      Map<RecordTable, String> records = new EnumMap<>(RecordTable.class);
      putIfWritten(records, RecordTable.INTERVALS, intervals);
      putIfWritten(records, RecordTable.RUNS, runs);
      putIfWritten(records, RecordTable.REQUESTS, requests);
      return records;
    }

    private static void putIfWritten(
        Map<RecordTable, String> records, RecordTable table, @Nullable String model) {
      if (model != null) {
        records.put(table, model);
      }
    }
  }

  /** A relation in {@code kind.yml}. */
  record RelationEntry(
      @Required String name,
      @Nullable String meaning,
      @Required String columns,
      SourceRelation.@Nullable Spelling spelling,
      List<String> recognisedBy,
      List<List<String>> foundBy,
      @Nullable String nullText,
      Map<String, String> maps,
      @Nullable String attributes,
      List<String> identity,
      Map<String, Object> roles,
      List<String> times,
      @Nullable String relation,
      List<String> adds,
      List<String> headless,
      @Nullable String freeText,
      List<String> rowsIn,
      Origin origin) {}

  private final Map<String, String> files;
  private final Problems problems;
  private final Map<String, String> relationOf = new HashMap<>();

  SourceKindReader(Map<String, String> files, Problems problems) {
    this.files = new TreeMap<>(files);
    this.problems = problems;
  }

  List<SourceKind> kinds() {
    List<SourceKind> kinds = new ArrayList<>();
    for (String path : files.keySet()) {
      String[] parts = path.split("/", -1);
      if (parts.length == 3 && parts[2].equals(FILE)) {
        kind(parts[1], path).ifPresent(kinds::add);
      }
    }
    return List.copyOf(kinds);
  }

  private Optional<SourceKind> kind(String id, String path) {
    ConfigValue.Section written =
        Yaml.parse(Objects.requireNonNull(files.get(path)), path, problems);
    return new Binder(problems)
        .bind(KindFile.class, written, "")
        .map(
            file -> {
              checkFamily(file);
              return new SourceKind(
                  id,
                  file.title(),
                  file.family(),
                  file.period(),
                  file.manifest(),
                  file.provider(),
                  file.relations().stream().map(entry -> relation(id, file, entry)).toList(),
                  file.series(),
                  file.charges(),
                  file.costs(),
                  file.datasets(),
                  file.records(),
                  file.fetchedBy(),
                  file.localTimes(),
                  Objects.requireNonNullElse(file.guide(), SourceGuide.NONE));
            });
  }

  private void checkFamily(KindFile file) {
    boolean bill = file.family() == SourceKind.Family.BILL;
    if (bill && file.charges() == null) {
      problems.add(file.origin(), "key 'charges' is required: the model with the charges");
    }
    boolean telemetry = file.family() == SourceKind.Family.TELEMETRY;
    checkUse(file, "relations", !file.relations().isEmpty(), !telemetry);
    checkUse(file, "series", !file.series().isEmpty(), telemetry);
    checkRecords(file);
    if (bill && file.relations().stream().noneMatch(r -> r.roles().containsKey("billed"))) {
      problems.add(file.origin(), "no relation has the role 'billed', so no charge can be checked");
    }
  }

  private void checkRecords(KindFile file) {
    boolean records = file.family() == SourceKind.Family.RECORDS;
    if (records && file.records().isEmpty()) {
      problems.add(
          file.origin(),
          "key 'intervals', 'runs' or 'requests' is required: the model with the records");
    }
    if (!records) {
      file.records().keySet().forEach(table -> checkUse(file, table.key(), true, false));
    }
  }

  /** A key must be there if the family needs it, and only then. */
  private void checkUse(KindFile file, String key, boolean written, boolean needed) {
    if (written != needed) {
      problems.add(
          file.origin(),
          needed
              ? "key '%s' is required".formatted(key)
              : "key '%s' is not allowed for this family".formatted(key));
    }
  }

  private SourceRelation relation(String kind, KindFile file, RelationEntry entry) {
    if (!entry.name().matches("[a-z][a-z0-9_]*")) {
      problems.add(
          entry.origin(), "name '" + entry.name() + "' must be lower-case letters, digits or _");
    }
    String other = relationOf.putIfAbsent(entry.name(), kind);
    if (other != null) {
      problems.add(
          entry.origin(),
          "relation '%s' already belongs to kind '%s'".formatted(entry.name(), other));
    }
    List<SourceColumn> columns = columns(listOfColumns(kind, entry.columns()), entry);
    checkTimes(entry);
    SourceRelation relation =
        new SourceRelation(
            entry.name(),
            Objects.requireNonNullElse(
                entry.meaning(), "One row per delivered row of " + file.title() + ", as text."),
            columns,
            Objects.requireNonNullElse(entry.spelling(), SourceRelation.Spelling.EXACT),
            recognisedBy(entry, columns),
            entry.foundBy(),
            entry.nullText(),
            entry.maps(),
            entry.attributes(),
            entry.identity(),
            roles(entry),
            entry.times().isEmpty() ? List.of(ISO) : entry.times(),
            entry.relation(),
            entry.adds(),
            new SourceLayout(entry.headless(), entry.freeText(), entry.rowsIn()));
    checkNames(entry, relation);
    return relation;
  }

  /** Returns the path of a list of columns; one with a slash is of another kind. */
  private static String listOfColumns(String kind, String written) {
    return SourceFiles.ROOT + (written.contains("/") ? written : kind + "/" + written);
  }

  private static List<String> recognisedBy(RelationEntry entry, List<SourceColumn> columns) {
    return entry.recognisedBy().isEmpty()
        ? columns.stream().filter(SourceColumn::required).map(SourceColumn::name).toList()
        : entry.recognisedBy();
  }

  private void checkTimes(RelationEntry entry) {
    for (String time : entry.times()) {
      if (!TIMES.contains(time) && pattern(time).isEmpty()) {
        problems.add(
            entry.origin(),
            "'times' cannot be '%s'. Write iso or a pattern such as MM/dd/yyyy".formatted(time));
      }
    }
  }

  /** Reads the pattern of a time; empty if it is none. */
  static Optional<DateTimeFormatter> pattern(String time) {
    try {
      return Optional.of(DateTimeFormatter.ofPattern(time, Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Map<SourceRole, List<String>> roles(RelationEntry entry) {
    Map<String, SourceRole> known = EnumNames.byName(SourceRole.class);
    Map<SourceRole, List<String>> roles = new EnumMap<>(SourceRole.class);
    entry
        .roles()
        .forEach(
            (name, columns) -> {
              SourceRole role = known.get(name);
              if (role == null) {
                problems.add(
                    entry.origin(),
                    "unknown role '%s'.%s Known: %s"
                        .formatted(
                            name,
                            Nearest.hint(name, known.keySet()),
                            String.join(", ", known.keySet())));
              } else {
                roles.put(role, texts(columns));
              }
            });
    return roles;
  }

  private static List<String> texts(Object columns) {
    return columns instanceof Collection<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(columns));
  }

  private void checkNames(RelationEntry entry, SourceRelation relation) {
    relation.roles().forEach((role, names) -> checkRole(entry, relation, role, names));
    relation.identity().forEach(name -> column(entry, relation, "identity", name));
    relation.recognisedBy().forEach(name -> column(entry, relation, "recognised_by", name));
    relation.foundBy().stream()
        .flatMap(List::stream)
        .forEach(name -> column(entry, relation, "found_by", name));
    Stream.ofNullable(entry.freeText()).forEach(name -> column(entry, relation, "free_text", name));
    relation
        .maps()
        .keySet()
        .forEach(
            name ->
                column(entry, relation, "maps", name)
                    .filter(column -> column.type() != SourceColumn.Type.MAP)
                    .ifPresent(
                        column ->
                            problems.add(
                                entry.origin(),
                                "'maps' names '%s', which is not of type map".formatted(name))));
  }

  private void checkRole(
      RelationEntry entry, SourceRelation relation, SourceRole role, List<String> names) {
    for (String name : names) {
      column(entry, relation, "roles." + EnumNames.of(role), name)
          .filter(column -> role.isTime() && !column.isTime())
          .ifPresent(
              column ->
                  problems.add(
                      entry.origin(),
                      "role '%s' names '%s', which is not of type time"
                          .formatted(EnumNames.of(role), name)));
    }
  }

  private Optional<SourceColumn> column(
      RelationEntry entry, SourceRelation relation, String key, String name) {
    Optional<SourceColumn> column = relation.column(name);
    if (column.isEmpty() && !relation.columns().isEmpty()) {
      problems.add(
          entry.origin(),
          "'%s' names '%s', which is not in %s.%s"
              .formatted(
                  key,
                  name,
                  entry.columns(),
                  Nearest.hint(
                      name, relation.columns().stream().map(SourceColumn::name).toList())));
    }
    return column;
  }

  private List<SourceColumn> columns(String path, RelationEntry entry) {
    String text = files.get(path);
    if (text == null) {
      problems.add(entry.origin(), "'columns' names %s, which does not exist".formatted(path));
      return List.of();
    }
    List<SourceColumn> columns = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : rows) {
        if (columns.isEmpty() && !row.getHeader().containsAll(COLUMN_LIST)) {
          problems.add(Origin.top(path), "needs the columns " + String.join(", ", COLUMN_LIST));
          return List.of();
        }
        column(row, new Origin(path, (int) row.getStartingLineNumber())).ifPresent(columns::add);
      }
    } catch (CsvParseException e) {
      problems.add(Origin.top(path), "cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return columns;
  }

  private static Map<String, String> others(NamedCsvRecord row) {
    Map<String, String> others = new TreeMap<>(row.getFieldsAsMap());
    others.keySet().removeAll(COLUMN_LIST);
    others.keySet().removeAll(List.of("aliases", "allowed_values"));
    return others;
  }

  private Optional<SourceColumn> column(NamedCsvRecord row, Origin line) {
    Map<String, SourceColumn.Type> types = new TreeMap<>(EnumNames.byName(SourceColumn.Type.class));
    String written = row.getField("type");
    SourceColumn.Type type = types.get(written);
    if (type == null) {
      problems.add(
          line,
          "type cannot be '%s'.%s Allowed: %s"
              .formatted(
                  written,
                  Nearest.hint(written, types.keySet()),
                  String.join(", ", types.keySet())));
      return Optional.empty();
    }
    return Optional.of(
        new SourceColumn(
            row.getField("name"),
            type,
            Boolean.parseBoolean(row.getField("required")),
            several(row, "aliases"),
            several(row, "allowed_values"),
            others(row)));
  }

  private static List<String> several(NamedCsvRecord row, String column) {
    return row.findField(column)
        .filter(texts -> !texts.isEmpty())
        .map(texts -> List.of(texts.split("\\|", -1)))
        .orElse(List.of());
  }
}
