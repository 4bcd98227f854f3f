package costlake.page;

import costlake.audit.WrittenAudit;
import costlake.config.Origin;
import costlake.config.Required;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a reporting table that a page declares. A row of a statement sums the rows of one
 * relation that have its key. The query, the contract and the table follow from the declaration.
 *
 * @param meaning what the table is, as its description
 * @param of relation with the rows that are summed: those of receivers or, with {@code receivedBy},
 *     those of teams
 * @param receivedBy whose receivers the rows count for; null if they have a receiver
 * @param month month of a row of the relation; default: its billing month
 * @param where condition on the rows of the relation
 * @param history whether each statement has rows of the months before it too, as many as histories
 *     show. Their month is {@code history_month}
 * @param first what the rows of the relation are summed by before; all that follows is over these
 *     sums
 * @param row the key of a row: columns, each with its SQL over the rows of the relation; without
 *     SQL, the column of this name
 * @param breakdowns instead of one key: several, by the name that is in the column {@code
 *     breakdown}. Each row of the relation counts in each; {@code line} has its key there
 * @param sums values of a row that are sums, each with its SQL likewise
 * @param knownSums sums that are null if a value is unknown
 * @param minima smallest values
 * @param maxima largest values
 * @param same values that all rows have in common; null if they have several
 * @param own values of one key, each with the SQL that makes it of all rows with this key; a line
 *     of several keys has none
 * @param company values of the row with the same key in the statement of the company: their names,
 *     each with SQL over the values; likewise
 * @param cents money to the cent, so that the lines of a statement sum to their rounded total:
 *     names, each with the name of the value
 * @param printedBefore values as they were printed in the month before, of the row with the same
 *     key: their names, each with the name of the value. A line of several has none
 * @param having condition on the values of a row. {@code before} and {@code company} compare with
 *     rows that do not meet it, too
 * @param before values in the month before, of the row with the same key: their names, each with
 *     the name of the value
 * @param figures figures of the page that the rows have
 * @param order SQL over the values by which the lines of a statement are placed
 * @param largest how many lines are stated one by one; the others are one line, which has no key
 * @param most how many lines are stated; the others are not
 * @param letter first part of the id of a line within its statement; without it, lines have no id
 * @param lookedUp relations with further values of a row, by the name that columns use
 * @param monthsBefore earlier months that are read of relations, as in a contract
 * @param audits audits of the table, as in a contract
 */
public record DeclaredRows(
    @Required String meaning,
    @Required String of,
    @Nullable ReceivedBy receivedBy,
    @Nullable String month,
    @Nullable String where,
    boolean history,
    @Nullable First first,
    Map<String, @Nullable Object> row,
    Map<String, Breakdown> breakdowns,
    Map<String, @Nullable Object> sums,
    Map<String, @Nullable Object> knownSums,
    Map<String, @Nullable Object> minima,
    Map<String, @Nullable Object> maxima,
    Map<String, @Nullable Object> same,
    Map<String, String> own,
    Map<String, String> company,
    Map<String, String> cents,
    Map<String, String> printedBefore,
    @Nullable String having,
    Map<String, String> before,
    @Nullable String figures,
    @Nullable String order,
    @Nullable Integer largest,
    @Nullable Integer most,
    @Nullable String letter,
    Map<String, LookedUp> lookedUp,
    Map<String, Integer> monthsBefore,
    @Required List<DeclaredColumn> columns,
    List<WrittenAudit> audits,
    Origin origin) {
  private static final String BREAKDOWN = "breakdown";
  private static final String POSITION = "position";
  private static final String ID = "line_id";
  private static final List<String> OF_STATEMENT =
      List.of("billing_month", "receiver_kind", "receiver_id", "team_id", "billing_currency");

  /** Whose receivers rows count for. */
  public enum ReceivedBy {
    /** The receivers of the team: itself, its cost centre and the company. */
    TEAM,
    /** The receivers of the team and of the project. */
    PROJECT
  }

  /**
   * One of several breakdowns.
   *
   * @param letter as {@link DeclaredRows#letter}
   * @param where condition on the rows that count in it
   * @param whole whether each of its lines is stated, however many there are
   * @param row as {@link DeclaredRows#row}
   */
  public record Breakdown(
      @Required String letter,
      @Nullable String where,
      boolean whole,
      @Required Map<String, @Nullable Object> row) {}

  /**
   * How rows are summed.
   *
   * @param row columns by which they are, as in {@link DeclaredRows#row}
   * @param values columns of the sums, each with the SQL that makes it of the rows
   */
  public record First(
      @Required Map<String, @Nullable Object> row, @Required Map<String, String> values) {
    /** Returns all columns with their SQL. */
    public Map<String, String> columns() {
      Map<String, String> columns = sql(row);
      columns.putAll(values);
      return columns;
    }
  }

  /**
   * A relation with further values of a row.
   *
   * @param where condition on its rows
   * @param first how its rows are summed; without it, they are not
   * @param keys columns that it shares with the row
   * @param on further condition, SQL over both, which are {@code rows} and the name of the relation
   */
  public record LookedUp(
      @Required String of,
      @Nullable String where,
      @Nullable First first,
      List<String> keys,
      @Nullable String on) {
    public LookedUp {
      if (keys.isEmpty() && on == null) {
        throw new IllegalArgumentException("needs 'keys' or 'on'");
      }
    }
  }

  public DeclaredRows {
    if (row.isEmpty() == breakdowns.isEmpty()) {
      throw new IllegalArgumentException("needs either 'row' or 'breakdowns'");
    }
    if (first != null && row.isEmpty()) {
      throw new IllegalArgumentException("'first' is for 'row', not for 'breakdowns'");
    }
    if (most != null && largest != null) {
      throw new IllegalArgumentException("has 'most' and 'largest'; remove one of them");
    }
    columns = columns.stream().flatMap(DeclaredColumn::each).toList();
    audits = List.copyOf(audits);
  }

  /** Returns these rows with the figures of the page that they have. */
  DeclaredRows with(Map<String, SharedFigures> all) {
    SharedFigures shared = figures == null ? null : all.get(figures);
    if (shared == null) {
      throw new IllegalArgumentException(
          "'figures' is '" + figures + "', which the page does not have");
    }
    Map<String, @Nullable Object> summed = new LinkedHashMap<>(shared.sums());
    summed.putAll(sums);
    return new DeclaredRows(
        meaning,
        of,
        receivedBy,
        month,
        where,
        history,
        first,
        row,
        breakdowns,
        summed,
        knownSums,
        minima,
        maxima,
        same,
        own,
        company,
        cents,
        printedBefore,
        having,
        before,
        figures,
        order,
        largest,
        most,
        letter,
        lookedUp,
        monthsBefore,
        columns.stream().map(column -> column.of(shared.columns())).toList(),
        audits,
        origin);
  }

  void mustBeLines() {
    if (order == null || (letter != null && !breakdowns.isEmpty())) {
      throw new IllegalArgumentException(
          "'lines' needs 'order'; each of 'breakdowns' has a 'letter'");
    }
  }

  void mustBeSeries() {
    boolean isPlaced = order != null || letter != null || largest != null || most != null;
    if (isPlaced || !breakdowns.isEmpty()) {
      throw new IllegalArgumentException(
          "'series' has no 'order', 'letter', 'largest', 'most' and 'breakdowns'; they are for"
              + " 'lines'");
    }
  }

  /** Returns SQL by name; the name itself where the file has no SQL. */
  public static Map<String, String> sql(Map<String, @Nullable Object> written) {
    Map<String, String> sql = new LinkedHashMap<>();
    written.forEach((name, text) -> sql.put(name, text == null ? name : text.toString().strip()));
    return sql;
  }

  /** Returns the columns of the key of a row. */
  public List<String> keys() {
    return breakdowns.isEmpty()
        ? List.copyOf(row.keySet())
        : breakdowns.values().stream()
            .flatMap(each -> each.row().keySet().stream())
            .distinct()
            .toList();
  }

  /** Returns the columns that tell apart lines of a statement that are placed and rounded apart. */
  public List<String> apart() {
    return breakdowns.isEmpty() ? List.of() : List.of(BREAKDOWN);
  }

  /** Returns the letters of the ids of lines; none for a series. */
  public List<String> letters() {
    return letter == null
        ? breakdowns.values().stream().map(Breakdown::letter).toList()
        : List.of(letter);
  }

  /** Whether each row has an id. */
  public boolean hasIds() {
    return !letters().isEmpty();
  }

  /** Returns the columns that every line has before its own: breakdown, position and id. */
  public List<String> lineColumns() {
    return order == null
        ? List.of()
        : Stream.of(apart(), List.of(POSITION), hasIds() ? List.of(ID) : List.<String>of())
            .flatMap(List::stream)
            .toList();
  }

  /** Returns the columns that name the statement of a row. */
  public static List<String> statementColumns() {
    return OF_STATEMENT;
  }

  /** Returns the columns of the table but those that name its statement. */
  Stream<DeclaredColumn> ownColumns() {
    return columns.stream().filter(column -> !OF_STATEMENT.contains(column.name()));
  }

  /** Returns the columns that sort the rows of a statement, each of which has others. */
  public List<String> printOrder() {
    return order == null ? keys() : Stream.concat(apart().stream(), Stream.of(POSITION)).toList();
  }

  /** Returns the printed figure of a line with its money, if only one is rounded to the cent. */
  Optional<Map.Entry<String, String>> figure() {
    return cents.size() == 1 ? cents.entrySet().stream().findFirst() : Optional.empty();
  }
}
