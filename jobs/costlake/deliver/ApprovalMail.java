package costlake.deliver;

import costlake.approve.Approval;
import costlake.approve.Approvals;
import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Progress;
import costlake.deliver.Letters.Letter;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mails requests to those who decide, and decisions to the team, each once, even if the process is
 * killed. No answer by mail counts: the mail says what to type.
 */
public final class ApprovalMail {
  private static final Set<String> TOLD = Set.of("requested", "approved", "rejected");

  private final Config config;
  private final Approvals approvals;
  private final Map<String, Approval> byId;
  private final Outbox<ApprovalNotice> outbox;

  private ApprovalMail(Config config, Approvals approvals, Outbox<ApprovalNotice> outbox) {
    this.config = config;
    this.approvals = approvals;
    this.outbox = outbox;
    this.byId =
        approvals.all().stream().collect(Collectors.toMap(Approval::id, Function.identity()));
  }

  /**
   * Records what is to be told of each request, and mails what was not mailed yet. Without a mail
   * server it is recorded and waits.
   *
   * @return the state of each mail about a request that is open or was decided
   */
  public static List<MessageChange<ApprovalNotice>> send(
      Config config, Lake lake, Approvals approvals, Progress progress) {
    try (Outbox<ApprovalNotice> outbox = Outbox.open(lake, new ApprovalChannel(), "approve send")) {
      ApprovalMail mail = new ApprovalMail(config, approvals, outbox);
      mail.record();
      new Letters<>(config, outbox, mail::letter).send(progress);
      return outbox.last();
    }
  }

  /** Records a person's decision about a mail whose outcome is unknown. */
  public static MessageChange<ApprovalNotice> resolve(
      Lake lake, String id, MailDecision decision, String actor, @Nullable String reason) {
    try (Outbox<ApprovalNotice> outbox =
        Outbox.open(lake, new ApprovalChannel(), "approve send --resolve")) {
      return new MailOutcomes<>(outbox).resolve(id, decision, actor, reason);
    }
  }

  private void record() {
    outbox.last().stream()
        .filter(change -> change.state().waits() && !isCurrent(change.message()))
        .forEach(change -> outbox.add(change.then(MessageState.WITHDRAWN, "the request went on")));
    byId.values().stream()
        .filter(approvals::isRecent)
        .map(this::notice)
        .filter(notice -> TOLD.contains(notice.act()))
        .filter(notice -> outbox.last(notice.messageId()).isEmpty())
        .sorted((a, b) -> a.messageId().compareTo(b.messageId()))
        .forEach(notice -> outbox.add(MessageChange.rendered(notice, Instant.now())));
    outbox.write();
    FailPoint.reached(FailPoints.SEND_BEGUN);
  }

  private boolean isCurrent(ApprovalNotice notice) {
    Approval approval = byId.get(notice.requestId());
    return approval != null && notice(approval).act().equals(notice.act());
  }

  private ApprovalNotice notice(Approval approval) {
    String act = approvals.state(approval);
    return new ApprovalNotice(
        approval.id() + "/" + act,
        approval.id(),
        act,
        approval.request().teamId(),
        approval.request().runId());
  }

  private Optional<Letter> letter(ApprovalNotice notice) {
    Approval approval = byId.get(notice.requestId());
    if (approval == null) {
      return Optional.empty();
    }
    Locale locale = config.locale(notice.teamId());
    return recipients(notice, approval)
        .map(recipients -> new Letter(recipients, new ApprovalText(locale, approvals, approval)));
  }

  private Optional<Recipients> recipients(ApprovalNotice notice, Approval approval) {
    return notice.act().equals("requested")
        ? Recipients.approvers(config, notice.teamId(), approvals.approvers(approval.request()))
        : Recipients.of(config, notice.teamId());
  }
}
