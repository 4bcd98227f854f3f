package costlake.assist;

import static costlake.assist.JsonValues.objects;
import static costlake.assist.JsonValues.ordered;

import costlake.core.Failure;
import costlake.serve.Answer;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Returns the statement of a receiver, or the totals of all statements of a month. */
final class StatementTool implements Tool {
  private static final int ROWS_MAX = 1000;

  private static final String TOTALS =
      "select billing_month, receiver_kind, receiver_id, receiver_name, cost_centre,"
          + " billing_currency, total_cost, total_shown, previous_shown, comparable_since,"
          + " billed_shown, workload_idle_shown, billed_until, dispute_until"
          + " from reporting.statements where billing_month = ?";

  private static final String LINES =
      "select breakdown, name, members, billing_currency, effective_cost, cost_shown,"
          + " previous_shown, share_ratio, line_id from reporting.statement_lines"
          + " where billing_month = ? and receiver_id = ?"
          + " order by billing_currency, breakdown, position";

  @Override
  public String name() {
    return "statement";
  }

  @Override
  public String description() {
    return "Returns the statement of a receiver for a month: totals, and lines by breakdown. The"
        + " lines of one breakdown sum to the total, so never add lines of several breakdowns."
        + " cost_shown is to the cent, effective_cost exact. Without a receiver, returns the totals"
        + " of all receivers that you may see; those of different kinds contain the same cost.";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of(
        "receiver",
        Schemas.text(
            "receiver_id: a team, or project.NAME, centre.NAME, company.all; as the totals show it"),
        "month",
        Schemas.month("Billing month YYYY-MM; default: the newest"));
  }

  @Override
  public Map<String, Object> answer(Call call, Arguments arguments) {
    LocalDate month = arguments.month("month").orElseGet(() -> newest(call));
    return arguments
        .text("receiver")
        .map(receiver -> statement(call, month, receiver))
        .orElseGet(() -> totals(call, month));
  }

  private static LocalDate newest(Call call) {
    Answer newest = call.rows("select max(billing_month) from reporting.statements", 1, List.of());
    return Optional.ofNullable((LocalDate) newest.rows().get(0).get(0))
        .orElseThrow(() -> Failure.operator("There is no statement that you may see"));
  }

  private static Map<String, Object> totals(Call call, LocalDate month) {
    Answer totals = totals(call, "", List.of(month));
    return ordered("statements", objects(totals), "is_cut", totals.isCut());
  }

  private static Answer totals(
      Call call, String condition, List<? extends Serializable> arguments) {
    return call.rows(
        TOTALS + condition + " order by receiver_kind, receiver_id, billing_currency",
        ROWS_MAX,
        arguments);
  }

  private static Map<String, Object> statement(Call call, LocalDate month, String receiver) {
    List<? extends Serializable> arguments = List.of(month, receiver);
    Answer totals = totals(call, " and receiver_id = ?", arguments);
    if (totals.rows().isEmpty()) {
      throw unknown(call, month, receiver);
    }
    Answer lines = call.rows(LINES, ROWS_MAX, arguments);
    return ordered("statements", objects(totals), "lines", objects(lines), "is_cut", lines.isCut());
  }

  private static Failure unknown(Call call, LocalDate month, String receiver) {
    String known =
        call
            .rows(
                "select distinct receiver_id from reporting.statements where billing_month = ?"
                    + " order by receiver_id",
                ROWS_MAX,
                List.of(month))
            .rows()
            .stream()
            .map(row -> String.valueOf(row.get(0)))
            .collect(Collectors.joining(", "));
    return Failure.operator(
        "There is no statement of '%s' for %s that you may see. Receivers of that month: %s",
        receiver, month.toString().substring(0, 7), known.isEmpty() ? "none" : known);
  }
}
