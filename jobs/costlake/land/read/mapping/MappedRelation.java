package costlake.land.read.mapping;

import costlake.config.SourceColumn;
import costlake.config.SourceKind;
import costlake.config.SourceRelation;
import costlake.config.SourceRelation.Spelling;
import costlake.config.SourceRole;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.land.read.rows.ColumnOrigin;
import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.Layout;
import costlake.land.read.rows.Mapping;
import costlake.land.read.rows.Relation;
import costlake.land.read.rows.TimeFormats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps files to a relation as {@code kind.yml} describes it. The listed columns become text or
 * maps. The map {@code native} has the values of all other columns, by their delivered names.
 */
public final class MappedRelation implements Relation {
  private static final int SHOWN = 20;

  private final SourceKind kind;
  private final SourceRelation described;
  private final Map<String, String> names;
  private final TimeFormats times;
  private final Set<String> plain = new HashSet<>();
  private final Set<String> listed = new HashSet<>();

  /**
   * Creates the mapping.
   *
   * @param names configured name of a column in the file, by the name of the column in the relation
   * @param zone id of the zone of times without an offset; null if nobody stated it
   */
  public MappedRelation(
      SourceKind kind, SourceRelation described, Map<String, String> names, @Nullable String zone) {
    this.kind = kind;
    this.described = described;
    this.names = Map.copyOf(names);
    this.times = new TimeFormats(described.times(), zone);
    described.columns().stream()
        .filter(column -> column.type() != SourceColumn.Type.MAP)
        .flatMap(this::deliveredNames)
        .forEach(name -> plain.add(key(name)));
    described.columns().stream()
        .flatMap(MappedRelation::listedNames)
        .forEach(name -> listed.add(key(name)));
  }

  @Override
  public boolean recognises(List<String> header) {
    return has(header, described.recognisedBy());
  }

  @Override
  public boolean finds(List<String> header) {
    return described.foundBy().stream().anyMatch(columns -> has(header, columns));
  }

  @Override
  public Optional<Map<String, String>> proposed(List<String> header) {
    Map<String, String> proposed = new LinkedHashMap<>();
    kind.guide()
        .names()
        .forEach(
            (column, known) ->
                Stream.concat(Stream.of(column), known.stream())
                    .flatMap(name -> header.stream().filter(one -> isAlike(one, name)))
                    .findFirst()
                    .ifPresent(name -> proposed.put(column, name)));
    return Optional.of(proposed)
        .filter(all -> described.foundBy().stream().anyMatch(all.keySet()::containsAll));
  }

  private static boolean isAlike(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private boolean has(List<String> header, List<String> wanted) {
    Map<String, Integer> positions = positions(header);
    return wanted.stream().allMatch(name -> position(positions, column(name)) != null);
  }

  @Override
  public Mapping mapping(String file, List<String> header) {
    Map<String, Integer> positions = positions(header);
    require(file, header, positions);
    refuseTwice(file, header, positions);
    boolean[] used = new boolean[header.size()];
    Map<String, ColumnOrigin> cells = new HashMap<>();
    List<FieldCheck> checks = new ArrayList<>();
    List<String> members = new ArrayList<>();
    Integer json = described.attributes() == null ? null : positions.get(key(attributes()));
    for (SourceColumn column : described.columns()) {
      Integer position = position(positions, column);
      Optional<ColumnOrigin> nested = member(positions, column);
      if (column.type() == SourceColumn.Type.MAP) {
        cells.put(column.name(), folded(column, header, used, checks));
      } else if (position == null && nested.isPresent()) {
        cells.put(column.name(), nested.get());
      } else if (position != null) {
        used[position] = true;
        cells.put(column.name(), origin(column, position));
        rule(column)
            .ifPresent(
                rule -> checks.add(new FieldCheck(position, header.get(position), rule, times)));
      } else if (json != null && column.name().startsWith(attributes() + "_")) {
        String member = column.name().substring(attributes().length() + 1);
        cells.put(column.name(), ColumnOrigin.jsonValue(json, member));
        members.add(member);
      }
    }
    cells.put(SourceRelation.NATIVE, rest(header, used, json, members, checks));
    return new Mapping(cells, checks, described.nullText(), List.of(), null, freeText(positions));
  }

  private int freeText(Map<String, Integer> positions) {
    return Stream.ofNullable(described.layout().freeText())
        .flatMap(name -> Stream.ofNullable(position(positions, column(name))))
        .findFirst()
        .orElse(Layout.NO_FREE_TEXT);
  }

  /**
   * Names the columns of a file whose first record is not a header: by the numbers that the
   * configuration gives to the columns, or in the order that the kind states.
   */
  @Override
  public Optional<List<String>> headless(List<String> first) {
    List<String> order = Positions.of(names).orElse(described.layout().headless());
    return order.isEmpty() || isHeader(first) ? Optional.empty() : Optional.of(order);
  }

  /** Whether at least half of the fields are names of listed columns. */
  private boolean isHeader(List<String> first) {
    List<String> names = first.size() == 1 ? MisplacedExport.padded(first.get(0)) : first;
    return 2 * names.stream().filter(field -> listed.contains(key(field))).count() >= names.size();
  }

  @Override
  public Set<String> rowArrays() {
    return Set.copyOf(described.layout().rowsIn());
  }

  private String attributes() {
    return String.valueOf(described.attributes());
  }

  private ColumnOrigin origin(SourceColumn column, int position) {
    return column.type() == SourceColumn.Type.TIME
        ? ColumnOrigin.time(position, times)
        : ColumnOrigin.field(position);
  }

  private Optional<FieldCheck.Rule> rule(SourceColumn column) {
    boolean required = column.required();
    return Optional.ofNullable(
        switch (column.type()) {
          case MONEY -> required ? FieldCheck.Rule.MONEY_REQUIRED : FieldCheck.Rule.MONEY;
          case COUNT -> required ? FieldCheck.Rule.COUNT_REQUIRED : FieldCheck.Rule.COUNT;
          case TIME -> timeRule(required);
          case MONTH -> required ? FieldCheck.Rule.MONTH_REQUIRED : FieldCheck.Rule.MONTH;
          case TEXT -> required ? FieldCheck.Rule.REQUIRED : null;
          case MAP -> null;
        });
  }

  private FieldCheck.Rule timeRule(boolean required) {
    if (kind.family() == SourceKind.Family.RECORDS) {
      return required ? FieldCheck.Rule.RECORD_TIME_REQUIRED : FieldCheck.Rule.RECORD_TIME;
    }
    return required ? FieldCheck.Rule.TIME_REQUIRED : FieldCheck.Rule.TIME;
  }

  /**
   * Returns the origin of a column of text whose delivered name is {@code COLUMN.MEMBER}: a member
   * of the JSON object in another column. The name of a member may contain dots.
   */
  private Optional<ColumnOrigin> member(Map<String, Integer> positions, SourceColumn column) {
    return column.type() != SourceColumn.Type.TEXT
        ? Optional.empty()
        : deliveredNames(column)
            .flatMap(name -> member(positions, name, name.indexOf('.')).stream())
            .findFirst();
  }

  private Optional<ColumnOrigin> member(Map<String, Integer> positions, String name, int dot) {
    return Optional.of(dot)
        .filter(at -> at > 0)
        .map(at -> positions.get(key(name.substring(0, at))))
        .map(position -> ColumnOrigin.jsonValue(position, name.substring(dot + 1)));
  }

  private ColumnOrigin folded(
      SourceColumn column, List<String> header, boolean[] used, List<FieldCheck> checks) {
    String map = column.name();
    String configured = names.get(map);
    String start =
        configured != null ? key(configured) : described.maps().getOrDefault(map, key(map));
    Set<String> whole = new HashSet<>(column.aliases().stream().map(this::key).toList());
    whole.add(start);
    List<ColumnOrigin.Entry> entries = new ArrayList<>();
    List<Integer> json = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String key = key(header.get(i));
      if (used[i] || !(key.startsWith(start) || whole.contains(key))) {
        continue;
      }
      if (whole.contains(key)) {
        json.add(i);
        checks.add(new FieldCheck(i, header.get(i), FieldCheck.Rule.JSON_OBJECT));
        used[i] = true;
      } else if (!plain.contains(key)) {
        entries.add(new ColumnOrigin.Entry(entryKey(map, header.get(i)), i));
        used[i] = true;
      }
    }
    return ColumnOrigin.map(entries, json);
  }

  /**
   * Returns {@code user:Team} for {@code resourceTags/user:Team}, and {@code user_team} for {@code
   * resource_tags_user_team}.
   */
  private static String entryKey(String map, String delivered) {
    int slash = delivered.indexOf('/');
    if (slash >= 0) {
      return delivered.substring(slash + 1);
    }
    return delivered.toLowerCase(Locale.ROOT).startsWith(map + "_")
        ? delivered.substring(map.length() + 1)
        : delivered;
  }

  /**
   * Returns the origin of the map of all other values.
   *
   * @param members members of the JSON column that fill columns of their own
   */
  private ColumnOrigin rest(
      List<String> header,
      boolean[] used,
      @Nullable Integer json,
      List<String> members,
      List<FieldCheck> checks) {
    List<ColumnOrigin.Entry> entries = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (!used[i] && (json == null || i != json)) {
        entries.add(new ColumnOrigin.Entry(header.get(i), i));
      }
    }
    if (json == null) {
      return ColumnOrigin.map(entries, List.of());
    }
    checks.add(new FieldCheck(json, header.get(json), FieldCheck.Rule.JSON_OBJECT));
    return ColumnOrigin.map(entries, List.of(json), members);
  }

  @Override
  public List<String> periodColumns(List<String> header) {
    return delivered(header, described.role(SourceRole.PERIOD));
  }

  @Override
  public List<String> costColumns(List<String> header) {
    return delivered(header, described.role(SourceRole.BILLED));
  }

  private List<String> delivered(List<String> header, List<String> columns) {
    Map<String, Integer> positions = positions(header);
    return columns.stream()
        .flatMap(name -> Stream.ofNullable(position(positions, column(name))))
        .map(header::get)
        .toList();
  }

  /**
   * Returns the delivered columns that identify a row. If the file lacks one of these columns,
   * returns no columns: then only all columns together identify a row.
   */
  @Override
  public List<String> identity(List<String> header) {
    List<String> columns = delivered(header, described.identity());
    return columns.size() == described.identity().size() ? columns : List.of();
  }

  @Override
  public TimeFormats times(List<String> header) {
    return times;
  }

  @Override
  public List<String> unzonedColumns(List<String> header) {
    return kind.localTimes() && times.zone() == null
        ? delivered(
            header,
            described.columns().stream()
                .filter(column -> column.type() == SourceColumn.Type.TIME)
                .map(SourceColumn::name)
                .toList())
        : List.of();
  }

  private SourceColumn column(String name) {
    return described.column(name).orElseThrow();
  }

  private Stream<String> deliveredNames(SourceColumn column) {
    String configured = names.get(column.name());
    return configured != null ? Stream.of(configured) : listedNames(column);
  }

  private static Stream<String> listedNames(SourceColumn column) {
    return Stream.concat(Stream.of(column.name()), column.aliases().stream());
  }

  private @Nullable Integer position(Map<String, Integer> positions, SourceColumn column) {
    return deliveredNames(column)
        .flatMap(name -> Stream.ofNullable(positions.get(key(name))))
        .findFirst()
        .orElse(null);
  }

  private Map<String, Integer> positions(List<String> header) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      positions.putIfAbsent(key(header.get(i)), i);
    }
    return positions;
  }

  /**
   * Normalises a name for comparison. If only letters and digits count, {@code
   * lineItem/UsageStartDate} equals {@code line_item_usage_start_date}, and {@code
   * savingsPlan/SavingsPlanARN} equals {@code savings_plan_savings_plan_a_r_n}.
   */
  private String key(String delivered) {
    if (described.spelling() == Spelling.EXACT) {
      return delivered;
    }
    StringBuilder key = new StringBuilder(delivered.length());
    for (int i = 0; i < delivered.length(); i++) {
      char c = delivered.charAt(i);
      if (described.spelling() == Spelling.IGNORE_CASE || Character.isLetterOrDigit(c)) {
        key.append(Character.toLowerCase(c));
      }
    }
    return key.toString();
  }

  /** Refuses a file without a required column. A list of no records has no columns. */
  private void require(String file, List<String> header, Map<String, Integer> positions) {
    if (header.isEmpty() && kind.isRecords()) {
      return;
    }
    for (SourceColumn column : described.columns()) {
      boolean wanted =
          column.required()
              || names.containsKey(column.name())
              || (kind.isRecords() && described.recognisedBy().contains(column.name()));
      if (wanted
          && column.type() != SourceColumn.Type.MAP
          && position(positions, column) == null
          && member(positions, column).isEmpty()) {
        throw kind.isTable()
            ? unnamed(file, header, column)
            : lacking(file, header, positions, column);
      }
    }
  }

  private Failure unnamed(String file, List<String> header, SourceColumn column) {
    String wanted = names.getOrDefault(column.name(), column.name());
    return Failure.operator(
        """
        Cannot read %s as %s: it has no column '%s', which would be read as %s.%s It has %s. Map the
        columns in sources.yml, e.g. columns: {%s: <name in the file>}.
        """,
        file,
        kind.title(),
        wanted,
        column.name(),
        Nearest.hint(wanted, header),
        shown(header),
        column.name());
  }

  private Failure lacking(
      String file, List<String> header, Map<String, Integer> positions, SourceColumn column) {
    String wanted = deliveredName(column);
    String both = wanted.equals(column.name()) ? wanted : wanted + " (" + column.name() + ")";
    String near =
        Nearest.to(key(wanted), positions.keySet())
            .map(
                key ->
                    " Is '" + header.get(positions.getOrDefault(key, 0)) + "' a misspelling of it?")
            .orElse("");
    return Failure.data(
        "Cannot read %s as %s: %s",
        file,
        kind.title(),
        explained(header)
            .orElse(
                "it has no column %s.%s It has %s. Check the export's columns and deliver it again."
                    .formatted(both, near, shown(header))));
  }

  private Optional<String> explained(List<String> header) {
    return kind.isRecords() ? MisplacedExport.separator(header) : MisplacedExport.explain(header);
  }

  /** Returns the name of a column as exporters write it. */
  private String deliveredName(SourceColumn column) {
    return names.getOrDefault(
        column.name(), column.aliases().stream().findFirst().orElse(column.name()));
  }

  private static String shown(List<String> header) {
    return String.join(", ", header.subList(0, Math.min(SHOWN, header.size())))
        + (header.size() > SHOWN ? ", ..." : "");
  }

  /**
   * Refuses a file that has a checked column twice in different spellings, because the values are
   * ambiguous.
   */
  private void refuseTwice(String file, List<String> header, Map<String, Integer> positions) {
    for (SourceColumn column : described.columns()) {
      Integer first = position(positions, column);
      if (first == null || rule(column).isEmpty()) {
        continue;
      }
      String key = key(header.get(first));
      for (int i = first + 1; i < header.size(); i++) {
        if (key(header.get(i)).equals(key)) {
          throw Failure.data(
              """
              Cannot read %s as %s: '%s' and '%s' are both %s, so its values are ambiguous. Deliver
              it again with each column once.
              """,
              file, kind.title(), header.get(first), header.get(i), column.name());
        }
      }
    }
  }
}
