package costlake.approve;

import java.time.Instant;

/**
 * What a person did about a request.
 *
 * @param expiresAt when the request or the approval expires if nobody decides or no run starts
 */
public record ApprovalAct(Kind kind, ApprovalRequest request, Instant expiresAt) {
  /** What a person does. */
  public enum Kind {
    REQUESTED,
    APPROVED,
    REJECTED,
    WITHDRAWN
  }
}
