package costlake.deliver;

import costlake.alert.Alert;
import costlake.alert.AlertEvent;
import costlake.alert.AlertKind;
import costlake.approve.Approval;
import costlake.approve.ApprovalRequest;
import costlake.approve.Approvals;
import costlake.approve.Estimates;
import costlake.config.Config;
import costlake.config.Severity;
import costlake.lake.Lake;
import costlake.lake.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Alerts of requests for approvals: one for those who decide, which is over when somebody did, and
 * one for those who asked.
 */
public final class ApprovalAlerts implements AlertKind {
  private static final String REQUESTED = "requested";
  private static final Set<String> DECIDED = Set.of("approved", "rejected");

  @Override
  public String name() {
    return "approval";
  }

  @Override
  public List<Alert> alerts(Config config, Lake lake) {
    Estimates estimates =
        new Estimates(table -> lake.read(TableName.parse(table)), config.approvals());
    Approvals approvals = new Approvals(config, lake, estimates, Instant.now());
    return lake.tables().containsAll(Set.of(Estimates.RUNS, Estimates.BUDGETS))
        ? alerts(config, approvals)
        : List.of();
  }

  /** Returns what the requests of a lake say now. */
  List<Alert> alerts(Config config, Approvals approvals) {
    return approvals.all().stream()
        .flatMap(approval -> alerts(config, approvals, approval))
        .toList();
  }

  private Stream<Alert> alerts(Config config, Approvals approvals, Approval approval) {
    String state = approvals.state(approval);
    Locale locale = config.locale(approval.request().teamId());
    LetterText text = new ApprovalText(locale, approvals, approval);
    if (state.equals(REQUESTED)) {
      return Stream.of(begun(approval, state, Severity.WARNING, text));
    }
    Stream<Alert> asked = Stream.of(over(approval, REQUESTED));
    return DECIDED.contains(state) && approvals.isRecent(approval)
        ? Stream.concat(asked, Stream.of(begun(approval, state, Severity.INFO, text)))
        : Stream.concat(asked, DECIDED.stream().map(decision -> over(approval, decision)));
  }

  private Alert begun(Approval approval, String state, Severity severity, LetterText text) {
    return alert(approval, state, AlertEvent.TRIGGER, severity, text.subject(), text.text());
  }

  /** A receiver is told the end with the words of the beginning. */
  private Alert over(Approval approval, String state) {
    return alert(approval, state, AlertEvent.RESOLVE, Severity.INFO, state, state);
  }

  private Alert alert(
      Approval approval,
      String state,
      AlertEvent event,
      Severity severity,
      String title,
      String text) {
    return new Alert(
        name(),
        approval.id() + "/" + state,
        event,
        severity,
        approval.request().teamId(),
        title,
        text,
        facts(approval.request(), state),
        approval.actedAt(),
        approval.expiresAt());
  }

  private static Map<String, String> facts(ApprovalRequest request, String state) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("request_id", request.id());
    facts.put("state", state);
    facts.put("run_id", request.runId());
    facts.put("currency", request.price().currency());
    facts.put("projected_cost", request.projectedCost().stripTrailingZeros().toPlainString());
    facts.put("requester", request.requester());
    return facts;
  }
}
