package costlake.assist;

import static costlake.assist.JsonValues.ordered;

import costlake.core.Failure;
import costlake.explain.ExplanationStep;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Explains a figure as {@code costlake explain} does. A user of teams is told about the statements
 * that they may see and about the lines of these, as on the site of the team; finance about every
 * id.
 */
final class ExplanationTool implements Tool {
  private static final int NAMES_OF_STATEMENT = 3;

  private final Explanations explanations;
  private final Set<String> explaining = ConcurrentHashMap.newKeySet();

  ExplanationTool(Explanations explanations) {
    this.explanations = explanations;
  }

  @Override
  public String name() {
    return "explanation";
  }

  @Override
  public String description() {
    return "Explains a figure: the steps and charges that it is the sum of, down to delivered rows"
        + " of bills. The amounts of the parts of a step sum to its amount.";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of(
        "id",
        Schemas.text(
            "line_id of a table of reporting, or a statement as MONTH/RECEIVER/CURRENCY, e.g."
                + " 2026-09/search/USD. Finance may also ask for a run, model, endpoint or charge"));
  }

  @Override
  public List<String> required() {
    return List.of("id");
  }

  @Override
  public Map<String, Object> answer(Call call, Arguments arguments) {
    String id = arguments.required("id");
    refuseHidden(call, id);
    if (!explaining.add(call.user())) {
      throw Failure.operator("Cannot explain: another explanation of yours still runs");
    }
    try {
      return step(explanations.of(id));
    } finally {
      explaining.remove(call.user());
    }
  }

  private static void refuseHidden(Call call, String id) {
    if (!call.seesEverything() && !isOfVisibleStatement(call, id.split("/", -1), id)) {
      throw Failure.operator(
          "Cannot find '%s' in a statement that you may see. Give a line_id, or"
              + " MONTH/RECEIVER/CURRENCY",
          id);
    }
  }

  private static boolean isOfVisibleStatement(Call call, String[] names, String id) {
    if (!isMonth(names[0])) {
      return false;
    }
    return names.length == NAMES_OF_STATEMENT ? isStatement(call, names) : isLine(call, id);
  }

  private static boolean isStatement(Call call, String[] names) {
    return isFound(
        call,
        "select 1 from reporting.statements where billing_month = ? and receiver_id = ?"
            + " and billing_currency = ?",
        List.of(YearMonth.parse(names[0]).atDay(1), names[1], names[2]));
  }

  private static boolean isLine(Call call, String id) {
    List<String> tables =
        call.tables().entrySet().stream()
            .filter(table -> List.of(table.getValue().fieldNames()).contains("line_id"))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    String sql =
        tables.stream()
            .map(table -> "select 1 from " + table + " where line_id = ?")
            .collect(Collectors.joining(" union all "));
    return !tables.isEmpty() && isFound(call, sql, Collections.nCopies(tables.size(), id));
  }

  private static boolean isFound(Call call, String sql, List<? extends Serializable> arguments) {
    return !call.rows(sql, 1, arguments).rows().isEmpty();
  }

  private static boolean isMonth(String text) {
    try {
      return YearMonth.parse(text).isAfter(YearMonth.of(1, 1));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Map<String, Object> step(ExplanationStep step) {
    Map<String, Object> object = ordered("label", step.label());
    object.put("amount", step.money() == null ? null : step.money().toPlainString());
    object.put("currency", step.currency());
    if (!step.parts().isEmpty()) {
      object.put("parts", step.parts().stream().map(ExplanationTool::step).toList());
    }
    return object;
  }
}
