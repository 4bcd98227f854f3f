package costlake.assist;

import java.util.List;
import java.util.Map;

/** Answers a query in SQL. */
final class QueryTool implements Tool {
  private static final int ROWS = 100;
  private static final int ROWS_MAX = 1000;

  @Override
  public String name() {
    return "query";
  }

  @Override
  public String description() {
    return "Answers one query in Spark SQL (select, with, values) over the tables that the tool"
        + " tables lists. Names may be quoted with \"...\". You see only rows of your own teams."
        + " Amounts are decimals as text: add and compare them in the query, and name the currency."
        + " is_cut says that the query has more rows than were returned. A statement is for a"
        + " receiver of one kind: filter reporting tables by receiver_kind, or costs count several"
        + " times.";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of(
        "sql",
        Schemas.text("The query, without a semicolon at the end"),
        "rows_max",
        Schemas.number(1, ROWS_MAX, "How many rows to return at most; default " + ROWS));
  }

  @Override
  public List<String> required() {
    return List.of("sql");
  }

  @Override
  public Map<String, Object> answer(Call call, Arguments arguments) {
    return JsonValues.table(
        call.rows(arguments.required("sql"), arguments.number("rows_max", ROWS), List.of()));
  }
}
