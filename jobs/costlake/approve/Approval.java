package costlake.approve;

import costlake.decide.Decision;
import costlake.decide.OpsTable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request and the last act about it.
 *
 * @param actor person of the last act
 * @param reason reason of the last act
 */
public record Approval(
    ApprovalRequest request,
    ApprovalAct.Kind act,
    String actor,
    Instant actedAt,
    @Nullable String reason,
    Instant expiresAt) {
  static final String REQUESTED = OpsTable.word(ApprovalAct.Kind.REQUESTED);
  static final String APPROVED = OpsTable.word(ApprovalAct.Kind.APPROVED);
  static final String EXPIRED = "expired";

  static Approval of(Decision<ApprovalAct> last) {
    ApprovalAct act = last.content();
    return new Approval(
        act.request(), act.kind(), last.actor(), last.at(), last.reason(), act.expiresAt());
  }

  /** Returns the number of the request. */
  public String id() {
    return request.id();
  }

  /** Whether nobody decided, or the request was approved. */
  private boolean isOpen() {
    return act == ApprovalAct.Kind.REQUESTED || act == ApprovalAct.Kind.APPROVED;
  }

  /**
   * Returns requested, approved, rejected, withdrawn or expired.
   *
   * @param startedAt when the run started; null if it did not. An approval whose run started in
   *     time does not expire
   */
  public String state(Instant now, @Nullable Instant startedAt) {
    boolean inTime =
        act == ApprovalAct.Kind.APPROVED && startedAt != null && startedAt.isBefore(expiresAt);
    return isOpen() && !inTime && !now.isBefore(expiresAt) ? EXPIRED : OpsTable.word(act);
  }
}
