package costlake.approve;

import costlake.approve.Approvals.Estimate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run may start.
 *
 * @param reason why, or why not
 */
public record StartCheck(boolean passes, String reason) {
  /**
   * Says whether a run may start.
   *
   * @param wish what it asks for; null if that is not known
   */
  public static StartCheck of(Approvals approvals, String runId, @Nullable RunRequest wish) {
    Optional<Approval> asked = approvals.ofRun(runId);
    if (wish == null) {
      return asked
          .map(approval -> ofRequest(approvals, approval))
          .orElseGet(
              () ->
                  no(
                      "nobody asked for it. Give --gpus and --hours to see whether it needs an approval"));
    }
    return asked
        .filter(approvals::isInForce)
        .map(approval -> ofRequest(approvals, approval, wish))
        .orElseGet(() -> ofCost(approvals.estimate(wish)));
  }

  private static StartCheck no(String reason) {
    return new StartCheck(false, reason);
  }

  private static StartCheck ofCost(Estimate estimate) {
    return new StartCheck(
        !estimate.needsApproval(),
        "its projected cost %s is %s the threshold of %s"
            .formatted(
                shown(estimate.price(), estimate.cost()),
                estimate.needsApproval() ? "not below" : "below",
                shown(estimate.price(), estimate.costMin())));
  }

  private static StartCheck ofRequest(Approvals approvals, Approval approval) {
    String state = approvals.state(approval);
    if (!state.equals(Approval.APPROVED)) {
      return no("request %s is %s".formatted(approval.id(), state));
    }
    BigDecimal used = approvals.used(approval).orElse(BigDecimal.ZERO);
    return used.compareTo(approval.request().projectedCost()) < 0
        ? new StartCheck(
            true, "request %s is approved by %s".formatted(approval.id(), approval.actor()))
        : no("it has used up the cap of request " + approval.id());
  }

  private static StartCheck ofRequest(Approvals approvals, Approval approval, RunRequest wish) {
    StartCheck check = ofRequest(approvals, approval);
    ApprovalRequest approved = approval.request();
    return check.passes() && !covers(approvals, approved, wish)
        ? no(
            "request %s approves %d x %s for %s hours, and it asks for more or others"
                .formatted(
                    approval.id(),
                    approved.accelerators(),
                    approved.price().acceleratorModel(),
                    approved.hours().toPlainString()))
        : check;
  }

  private static boolean covers(Approvals approvals, ApprovalRequest approved, RunRequest wish) {
    String model = approvals.estimate(wish).price().acceleratorModel();
    return model.equals(approved.price().acceleratorModel())
        && wish.acceleratorHours().compareTo(approved.acceleratorHours()) <= 0;
  }

  private static String shown(Price price, BigDecimal amount) {
    return price.currency() + " " + amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
