package costlake.model;

import costlake.config.Origin;
import costlake.core.Message;
import costlake.page.DeclaredColumn;
import costlake.page.DeclaredRows;
import costlake.page.PageFile;
import costlake.page.PageTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of tables that pages declare, as if each had its files in {@code models/reporting}.
 *
 * @param queries texts of the queries, by the path that the model would have
 * @param contracts contracts as written, by the same path, in the order of the pages
 */
record DeclaredModels(Map<String, String> queries, Map<String, Contract> contracts) {
  private static final String FOLDER = "models/reporting/";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String OWNER = "finops";
  private static final String MONTH = "billing_month";
  private static final String ID = "line_id";
  private static final List<String> STATEMENT = List.of(MONTH, "receiver_id", "billing_currency");

  /**
   * Reads what pages declare.
   *
   * @param pages texts of the files of pages, by name
   * @param common names of the columns of models/columns.yml
   * @param problems receives the mistakes in these files
   */
  static DeclaredModels of(
      SortedMap<String, String> pages, Set<String> common, List<String> problems) {
    DeclaredModels models = new DeclaredModels(new TreeMap<>(), new LinkedHashMap<>());
    PageFile.read(pages, problems)
        .values()
        .forEach(
            page -> page.tables().values().forEach(table -> models.add(table, common, problems)));
    return models;
  }

  private void add(PageTable table, Set<String> common, List<String> problems) {
    table
        .declared()
        .ifPresent(
            rows -> {
              String path = FOLDER + table.table() + ".sql";
              queries.putIfAbsent(path, DeclaredSql.of(rows));
              Contract other = contracts.putIfAbsent(path, contract(rows, common));
              checkName(table, rows.origin(), other, problems);
            });
  }

  private static void checkName(
      PageTable table, Origin place, @Nullable Contract other, List<String> problems) {
    if (!NAME.matcher(table.table()).matches()) {
      problems.add(
          Message.of(
              """
              Cannot build the table '%s': write its name in lower-case letters, digits and
              underscores (%s)
              """,
              table.table(), place));
    }
    if (other != null) {
      problems.add(
          Message.of(
              "Cannot build %s: it is declared twice, also at %s. Rename one of the tables (%s)",
              table.relation(), other.origin(), place));
    }
  }

  private static Contract contract(DeclaredRows rows, Set<String> common) {
    return new Contract(
        rows.meaning(),
        grain(rows),
        OWNER,
        Contract.Materialized.TABLE,
        new Contract.Partition(MONTH, Contract.By.MONTH),
        Map.of(),
        rows.monthsBefore(),
        null,
        null,
        null,
        null,
        key(rows),
        List.of(),
        null,
        List.of(),
        columns(rows, common),
        rows.audits(),
        rows.origin());
  }

  private static String grain(DeclaredRows rows) {
    return rows.order() != null
        ? "one row per line"
        : rows.keys().stream()
            .map(key -> key.replaceFirst("_id$", "").replace('_', ' '))
            .collect(Collectors.joining(", ", "one row per statement, ", ""));
  }

  private static List<String> key(DeclaredRows rows) {
    List<String> ofRow = rows.order() == null ? rows.keys() : rows.printOrder();
    return rows.hasIds() ? List.of(ID) : Stream.concat(STATEMENT.stream(), ofRow.stream()).toList();
  }

  private static List<Contract.Column> columns(DeclaredRows rows, Set<String> common) {
    Map<String, DeclaredColumn> written =
        rows.columns().stream().collect(Collectors.toMap(DeclaredColumn::name, column -> column));
    List<String> first = new ArrayList<>(DeclaredRows.statementColumns());
    first.addAll(rows.lineColumns());
    return Stream.concat(
            first.stream(),
            rows.columns().stream().map(DeclaredColumn::name).filter(name -> !first.contains(name)))
        .map(name -> column(name, written.get(name), common.contains(name), rows.origin()))
        .toList();
  }

  private static Contract.Column column(
      String name, @Nullable DeclaredColumn column, boolean isCommon, Origin ofRows) {
    if (column == null) {
      return new Contract.Column(name, null, null, null, null, null, null, ofRows);
    }
    return new Contract.Column(
        name,
        isCommon || column.asIn() != null || column.type() != null ? column.type() : type(column),
        column.nullable(),
        null,
        column.meaning(),
        column.unit(),
        column.asIn(),
        column.origin());
  }

  /** Returns the type that follows from how a column is made or named; null if none does. */
  private static @Nullable String type(DeclaredColumn column) {
    if (column.hours() != null) {
      return "decimal(38,9)";
    }
    if (column.share() != null || column.ratio() != null) {
      return "decimal(18,9)";
    }
    return column.name().endsWith("_shown") ? "decimal(38,2)" : null;
  }
}
