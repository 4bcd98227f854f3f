package costlake.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements as real companies have them: long names, other scripts, long tables. */
final class HostileSamples {
  static final String HEBREW = "חיזוי ביקוש שבועי";
  static final String ARABIC = "نموذج التوصيات";

  /** Columns with names that users choose, by table. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "workloads", List.of("workload_id"),
          "runs", List.of("run_name", "model_id"),
          "pools", List.of("pool_name"),
          "endpoints", List.of("endpoint_id"),
          "tenants", List.of("tenant_id"),
          "value", List.of("model_id"),
          "model_life", List.of("model_id"));

  private HostileSamples() {}

  /** Returns the statement of a team that trains and serves models and has commitments. */
  static Statement whole() {
    Statement plausible = Samples.plausible();
    Map<String, List<PrintedRow>> tables = new LinkedHashMap<>(plausible.tables());
    for (Statement other :
        List.of(ServingSamples.serving(), CommitmentSamples.commitments(), InvoiceSamples.team())) {
      other
          .tables()
          .forEach((name, rows) -> tables.merge(name, rows, (own, r) -> own.isEmpty() ? r : own));
    }
    return new Statement(plausible.head(), tables);
  }

  /** Returns a name of 60 characters. */
  static String longName(int number) {
    return "demand_forecast_for_northern_regions_with_weekly_retraini%03d".formatted(number);
  }

  /** Returns a statement in which everything that users name has 60 characters. */
  static Statement longNames() {
    Map<String, List<PrintedRow>> tables = new LinkedHashMap<>(whole().tables());
    tables.compute("lines", (name, rows) -> rows.stream().map(HostileSamples::named).toList());
    NAMES.forEach((table, columns) -> tables.compute(table, (name, rows) -> named(rows, columns)));
    return new Statement(whole().head(), tables);
  }

  private static PrintedRow named(PrintedRow line) {
    boolean named = line.text("breakdown").equals("project") && line.textOrNull("name") != null;
    return named ? EventSamples.with(line, "name", longName((int) line.get("position"))) : line;
  }

  private static List<PrintedRow> named(List<PrintedRow> rows, List<String> columns) {
    List<PrintedRow> named = new ArrayList<>();
    for (PrintedRow row : rows) {
      PrintedRow changed = row;
      for (String column : columns) {
        if (row.textOrNull(column) != null) {
          changed = EventSamples.with(changed, column, longName(100 + named.size()));
        }
      }
      named.add(changed);
    }
    return named;
  }

  /** Returns a statement with projects that are named in Hebrew and Arabic. */
  static Statement rightToLeft() {
    Statement statement = Samples.plausible();
    List<PrintedRow> lines = new ArrayList<>(statement.rows("lines"));
    lines.replaceAll(line -> isProject(line, 1) ? EventSamples.with(line, "name", HEBREW) : line);
    lines.replaceAll(line -> isProject(line, 2) ? EventSamples.with(line, "name", ARABIC) : line);
    return Rows.with(statement, "lines", lines.toArray(PrintedRow[]::new));
  }

  private static boolean isProject(PrintedRow line, int position) {
    return line.text("breakdown").equals("project") && line.get("position").equals(position);
  }

  /** Returns a statement with so many pools that their table needs several sheets. */
  static Statement longTable(int rows) {
    Statement statement = Samples.plausible();
    PrintedRow pool = statement.rows("pools").get(0);
    List<PrintedRow> pools = new ArrayList<>();
    for (int i = 1; i <= rows; i++) {
      pools.add(
          EventSamples.with(
              pool,
              "line_id",
              statement.head().number() + "/s-%02d".formatted(i),
              "pool_name",
              "Pool number " + i));
    }
    return Rows.with(statement, "pools", pools.toArray(PrintedRow[]::new));
  }

  /** Returns statements of one team in four currencies. */
  static List<Statement> fourCurrencies() {
    return List.of(
        Samples.plausible(),
        in("EUR", Samples.credits()),
        in("GBP", Samples.single()),
        in("JPY", Samples.crowded()));
  }

  private static Statement in(String currency, Statement statement) {
    Statement.Head head = statement.head();
    Map<String, List<PrintedRow>> tables = new LinkedHashMap<>(statement.tables());
    tables.replaceAll((name, rows) -> rows.stream().map(row -> in(currency, row)).toList());
    return new Statement(
        new Statement.Head(
            head.month(),
            Samples.plausible().head().receiver(),
            currency,
            head.costCentre(),
            head.company(),
            head.contact(),
            head.disputeUntil(),
            head.billedUntil(),
            head.total(),
            head.previous(),
            head.billed(),
            head.workloadIdle(),
            null),
        tables);
  }

  private static PrintedRow in(String currency, PrintedRow row) {
    if (row.get("line_id") == null) {
      return row;
    }
    String ref = row.id().substring(row.id().lastIndexOf('/'));
    return EventSamples.with(row, "line_id", "2026-09/search/" + currency + ref);
  }

  /** Returns the sum of the lines of a breakdown. */
  static BigDecimal sum(Statement statement, String breakdown) {
    return statement.lines(breakdown).stream()
        .map(line -> line.decimal("cost_shown"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
