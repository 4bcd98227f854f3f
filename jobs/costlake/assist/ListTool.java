package costlake.assist;

import static costlake.assist.JsonValues.objects;
import static costlake.assist.JsonValues.ordered;

import costlake.serve.Answer;
import java.util.List;
import java.util.Map;

/**
 * Lists rows of one table, of all states or of one.
 *
 * @param name name of the tool, and of the rows in its answer
 * @param states what the column with the state may have
 * @param query query with a place for the condition
 */
record ListTool(String name, String description, List<String> states, String query)
    implements Tool {
  private static final int ROWS_MAX = 1000;

  /** Returns the tool for changes of cost out of the ordinary, and runs without approval. */
  static ListTool incidents() {
    return new ListTool(
        "incidents",
        "Lists what made cost rise or fall out of the ordinary, and expensive runs without an"
            + " approval, open ones first. cost_above is an estimate of the cost above the"
            + " expectation, negative below it. parts say why cost differs from cost_before, and sum"
            + " to the difference exactly. team_id is the team that can act. Of the last night:"
            + " later acknowledgements are not in it.",
        List.of("open", "ended", "acknowledged"),
        "select incident_id, state, team_id, started_on, ended_on, found_on, billing_currency,"
            + " cost_above, cause, service, item, cost, cost_before, parts, is_false_alarm,"
            + " acknowledged_by, acknowledged_why from governance.incidents where %s"
            + " order by state = 'open' desc, started_on desc, incident_id");
  }

  /** Returns the tool for requests of expensive runs. */
  static ListTool approvals() {
    return new ListTool(
        "approvals",
        "Lists requests for expensive runs, the newest first: the projected cost, which is the cap,"
            + " the likely cost by past runs of the project, who decided, and what the run cost"
            + " (actual; null if unknown). Of the last night: later decisions are not in it.",
        List.of("requested", "approved", "rejected", "withdrawn", "expired"),
        "select request_id, state, run_id, team_id, project_id, accelerator_model, accelerators,"
            + " hours, billing_currency, hourly_rate, rate_basis, priced_until, projected_cost,"
            + " likely_low, likely_high, likely_unknown, team_remaining, requester, requested_at,"
            + " why, decided_by, decided_at, decision_reason, expires_at, actual, remaining"
            + " from governance.approvals where %s order by requested_at desc, request_id desc");
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("state", Schemas.oneOf(states, "State; default: all"));
  }

  @Override
  public Map<String, Object> answer(Call call, Arguments arguments) {
    Answer rows =
        arguments
            .text("state")
            .map(state -> call.rows(query.formatted("state = ?"), ROWS_MAX, List.of(state)))
            .orElseGet(() -> call.rows(query.formatted("true"), ROWS_MAX, List.of()));
    return ordered(name, objects(rows), "is_cut", rows.isCut());
  }
}
