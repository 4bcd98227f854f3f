package costlake.deliver;

import costlake.outbox.Message;

/**
 * A mail about a request: to the approvers when it is made, to the team when it is decided.
 *
 * @param messageId number of the request and what happened, e.g. {@code 12/requested}
 * @param act requested, approved or rejected
 */
public record ApprovalNotice(
    String messageId, String requestId, String act, String teamId, String runId)
    implements Message {}
