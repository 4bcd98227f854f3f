package costlake.report;

import costlake.core.Failure;
import costlake.page.PageTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row of a reporting table that a statement prints: values by column. A template reads a value
 * like a field, e.g. {@code line.cost_shown}. Besides its columns, a row with an id has {@code
 * ref}, the text that is printed beside it: the last part of the id.
 */
public final class PrintedRow extends AbstractMap<String, @Nullable Object> {
  private static final String ID = "line_id";
  private static final String REF = "ref";
  private static final String TEAM = "team";

  private final Map<String, @Nullable Object> values;

  private PrintedRow(Map<String, @Nullable Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Creates a row. A date is a {@link LocalDate}. */
  public static PrintedRow of(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
    if (values.get(ID) instanceof String id) {
      all.put(REF, id.substring(id.lastIndexOf('/') + 1));
    }
    return new PrintedRow(all);
  }

  /** Takes the columns of a page from a row. A column that the row does not have is null. */
  static PrintedRow of(Row row, PageTable table) {
    return of(row, table.columns());
  }

  /** Takes all columns of a row. */
  static PrintedRow of(Row row) {
    return of(row, List.of(row.schema().fieldNames()));
  }

  private static PrintedRow of(Row row, List<String> columns) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String column : columns) {
      values.put(column, valueOrNull(row, column));
    }
    return of(values);
  }

  /** Returns the row as one of a team, whose name is its {@code team}. */
  PrintedRow ofTeam(String name) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
    all.put(TEAM, name);
    return new PrintedRow(all);
  }

  private static @Nullable Object valueOrNull(Row row, String column) {
    return row.schema().getFieldIndex(column).isDefined() ? value(row, column) : null;
  }

  /** Returns the value of a column, dates as {@link LocalDate}. */
  static @Nullable Object value(Row row, String column) {
    Object value = row.getAs(column);
    return value instanceof java.sql.Date day ? day.toLocalDate() : value;
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return values.entrySet();
  }

  /** Returns the id of the row. {@code costlake explain} accepts it. */
  public String id() {
    return text(ID);
  }

  /** Returns a text. */
  public String text(String column) {
    return Objects.requireNonNull(textOrNull(column), column);
  }

  /** Returns a text; null if it is unknown. */
  public @Nullable String textOrNull(String column) {
    return (String) value(column);
  }

  /** Returns an amount or a ratio. */
  public BigDecimal decimal(String column) {
    return Objects.requireNonNull(decimalOrNull(column), column);
  }

  /** Returns an amount or a ratio; null if it is unknown. */
  public @Nullable BigDecimal decimalOrNull(String column) {
    return (BigDecimal) value(column);
  }

  /** Returns a count or a position. */
  public int number(String column) {
    return Objects.requireNonNull(numberOrNull(column), column);
  }

  /** Returns a count or a position; null if it is unknown. */
  public @Nullable Integer numberOrNull(String column) {
    return (Integer) value(column);
  }

  /** Returns a date. */
  public LocalDate day(String column) {
    return Objects.requireNonNull(dayOrNull(column), column);
  }

  /** Returns a date; null if it is unknown. */
  public @Nullable LocalDate dayOrNull(String column) {
    return (LocalDate) value(column);
  }

  /** Whether a column is true. */
  public boolean is(String column) {
    return (Boolean) Objects.requireNonNull(value(column), column);
  }

  private @Nullable Object value(String column) {
    if (!values.containsKey(column)) {
      throw Failure.internal(
          "A page reads '%s', but its file lists only these columns: %s",
          column, String.join(", ", values.keySet()));
    }
    return values.get(column);
  }
}
