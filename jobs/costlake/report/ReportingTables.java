package costlake.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;

import costlake.page.PageTable;
import costlake.report.Statement.Receiver;
import java.sql.Date;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads the reporting tables of a month. Reads each table once for all receivers. */
final class ReportingTables {
  private static final String TOTALS = "statements";
  private static final String KIND = "receiver_kind";
  private static final String ID = "receiver_id";
  private static final String CURRENCY = "billing_currency";
  private static final String MONTH = "billing_month";

  /** Identifies a statement of the month. */
  private record Key(String receiver, String currency) {
    static Key of(Row row) {
      return new Key(row.getAs(ID), row.getAs(CURRENCY));
    }
  }

  private final StatementPages pages;
  private final Function<String, Dataset<Row>> tables;
  private final Map<String, Map<String, Sheet>> sheets = new HashMap<>();

  ReportingTables(StatementPages pages, Function<String, Dataset<Row>> tables) {
    this.pages = pages;
    this.tables = tables;
  }

  /** Returns the content of each team's document, sorted by team and currency. */
  Map<String, StatementContent> content(YearMonth month, Optional<String> team) {
    Column teams = col(KIND).equalTo(Receiver.TEAM);
    return content(
        month,
        team.isPresent() ? teams.and(col(ID).equalTo(team.get())) : teams,
        row -> ofTeam(row) && team.map(id -> id.equals(row.getAs(ID))).orElse(true));
  }

  /**
   * Returns the content of the documents of cost centres and the company, sorted by id and
   * currency.
   */
  Map<String, StatementContent> groups(YearMonth month) {
    return content(month, col(KIND).notEqual(Receiver.TEAM), row -> !ofTeam(row));
  }

  /** Returns the teams that have a statement of the month. */
  List<String> teams(YearMonth month) {
    return totals()
        .where(of(month, 1).and(col(KIND).equalTo(Receiver.TEAM)))
        .select(ID)
        .distinct()
        .orderBy(ID)
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Returns the months with statements of teams, as {@code 2026-09}. */
  List<String> months() {
    return totals()
        .where(col(KIND).equalTo(Receiver.TEAM))
        .select(date_format(col(MONTH), "yyyy-MM").as(MONTH))
        .distinct()
        .orderBy(MONTH)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static Column of(YearMonth last, int months) {
    return col(MONTH).between(first(last.minusMonths(months - 1L)), first(last));
  }

  private static Date first(YearMonth month) {
    return Date.valueOf(month.atDay(1));
  }

  private Dataset<Row> totals() {
    return ReportingVersion.require(tables.apply(TOTALS));
  }

  /** Returns the content for receivers, which a condition and a test of rows select alike. */
  private Map<String, StatementContent> content(
      YearMonth month, Column selected, Predicate<Row> isSelected) {
    Dataset<Row> totals = totals();
    List<Row> all = rows(totals.where(of(month, 1)), List.of());
    List<Row> heads = all.stream().filter(isSelected).toList();
    addToSheets(
        TOTALS, SheetWords.TOTALS, heads, List.of(totals.columns()), List.of(totals.columns()));
    if (heads.isEmpty()) {
      return Map.of();
    }
    Map<String, Map<Key, List<PrintedRow>>> printed = new LinkedHashMap<>();
    pages.tables().forEach((name, table) -> printed.put(name, read(table, month, selected)));
    List<Key> companies = heads.stream().filter(ReportingTables::ofCompany).map(Key::of).toList();
    Map<String, String> teams = teamNames(all);
    pages
        .teamTables()
        .forEach((name, table) -> printed.put(name, ofTeams(table, month, teams, companies)));
    Map<String, List<Statement>> receivers = new TreeMap<>();
    for (Row head : heads) {
      receivers
          .computeIfAbsent(Key.of(head).receiver(), id -> new ArrayList<>())
          .add(statement(head, printed));
    }
    Map<String, StatementContent> content = new TreeMap<>();
    receivers.forEach((id, parts) -> content.put(id, new StatementContent(parts, sheets(id))));
    return content;
  }

  private static Statement statement(Row head, Map<String, Map<Key, List<PrintedRow>>> printed) {
    Map<String, List<PrintedRow>> own = new LinkedHashMap<>();
    printed.forEach((name, rows) -> own.put(name, rows.getOrDefault(Key.of(head), List.of())));
    return new Statement(Statement.Head.of(head), own);
  }

  private static boolean ofTeam(Row head) {
    return Receiver.TEAM.equals(head.<String>getAs(KIND));
  }

  private static Map<String, String> teamNames(List<Row> heads) {
    Map<String, String> names = new HashMap<>();
    heads.stream()
        .filter(ReportingTables::ofTeam)
        .forEach(head -> names.put(head.getAs(ID), Receiver.of(head).title()));
    return names;
  }

  private static boolean ofCompany(Row head) {
    return Receiver.COMPANY.equals(head.<String>getAs(KIND));
  }

  /** Returns the rows of all teams for the company, in its currency. Sheets have none of them. */
  private Map<Key, List<PrintedRow>> ofTeams(
      PageTable page, YearMonth month, Map<String, String> names, List<Key> companies) {
    if (companies.isEmpty()) {
      return Map.of();
    }
    Column teams = of(month, 1).and(col(KIND).equalTo(Receiver.TEAM));
    List<Row> rows = rows(tables.apply(page.table()).where(teams), page.order());
    Map<Key, List<PrintedRow>> read = new HashMap<>();
    for (Key company : companies) {
      read.put(company, ofTeams(page, rows, names, company.currency()));
    }
    return read;
  }

  private static List<PrintedRow> ofTeams(
      PageTable page, List<Row> rows, Map<String, String> names, String currency) {
    return rows.stream()
        .filter(row -> currency.equals(row.<String>getAs(CURRENCY)))
        .map(row -> PrintedRow.of(row, page).ofTeam(name(names, row.getAs(ID))))
        .toList();
  }

  private static String name(Map<String, String> names, String team) {
    return names.getOrDefault(team, team);
  }

  private List<Sheet> sheets(String receiver) {
    return List.copyOf(sheets.getOrDefault(receiver, Map.of()).values());
  }

  private Map<Key, List<PrintedRow>> read(PageTable page, YearMonth month, Column selected) {
    Dataset<Row> table = tables.apply(page.table());
    Column months = of(month, Objects.requireNonNull(page.months()));
    List<Row> rows = rows(table.where(months.and(selected)), page.order());
    Date own = first(month);
    addToSheets(
        page.table(),
        SheetWords.of(page),
        rows.stream().filter(row -> own.equals(row.getAs(MONTH))).toList(),
        List.of(table.columns()),
        page.columns());
    Map<Key, List<PrintedRow>> read = new HashMap<>();
    for (Row row : rows) {
      read.computeIfAbsent(Key.of(row), key -> new ArrayList<>()).add(PrintedRow.of(row, page));
    }
    return read;
  }

  private static List<Row> rows(Dataset<Row> rows, List<String> order) {
    List<String> columns = List.of(rows.columns());
    Column[] sorting =
        Stream.concat(Stream.of(ID, CURRENCY), order.stream().filter(columns::contains))
            .map(functions::col)
            .toArray(Column[]::new);
    return rows.orderBy(sorting).collectAsList();
  }

  /** Adds rows of a table to the sheets of their receivers. */
  private void addToSheets(
      String name, SheetWords words, List<Row> rows, List<String> columns, List<String> printed) {
    Map<String, SheetColumns> kinds = new HashMap<>();
    for (Row row : rows) {
      String kind = row.getAs(KIND);
      SheetColumns sheet = kinds.computeIfAbsent(kind, k -> SheetColumns.of(k, columns, printed));
      sheets
          .computeIfAbsent(Key.of(row).receiver(), id -> new LinkedHashMap<>())
          .computeIfAbsent(
              name,
              n -> new Sheet(SheetColumns.sheet(kind, n), words, sheet.names(), new ArrayList<>()))
          .rows()
          .add(sheet.values(row));
    }
  }
}
