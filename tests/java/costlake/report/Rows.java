package costlake.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of reporting tables and statements, written by hand. */
public final class Rows {
  private static final StatementPages PAGES = StatementPages.embedded();

  private Rows() {}

  /**
   * Creates a row of a table. Columns that are not given are null.
   *
   * @param table name in the files of the pages
   * @param pairs column, value, column, value ...
   */
  public static PrintedRow row(String table, Object... pairs) {
    Map<String, Object> values = new LinkedHashMap<>();
    PAGES.tables().get(table).columns().forEach(column -> values.put(column, null));
    for (int i = 0; i < pairs.length; i += 2) {
      String column = (String) pairs[i];
      if (!values.containsKey(column)) {
        throw new IllegalArgumentException("no page prints " + column + " of " + table);
      }
      values.put(column, pairs[i + 1]);
    }
    return PrintedRow.of(values);
  }

  /** Creates a statement that has only these rows. */
  public static Statement statement(Statement.Head head, Map<String, List<PrintedRow>> rows) {
    Map<String, List<PrintedRow>> tables = new LinkedHashMap<>();
    PAGES.tables().keySet().forEach(table -> tables.put(table, List.of()));
    PAGES.teamTables().keySet().forEach(table -> tables.put(table, List.of()));
    rows.forEach(
        (table, found) -> {
          if (tables.put(table, found) == null) {
            throw new IllegalArgumentException("no page prints " + table);
          }
        });
    return new Statement(head, tables);
  }

  /** Returns the statement with other rows of one table. */
  public static Statement with(Statement statement, String table, PrintedRow... rows) {
    Map<String, List<PrintedRow>> tables = new LinkedHashMap<>(statement.tables());
    tables.put(table, Arrays.asList(rows));
    return statement(statement.head(), tables);
  }
}
