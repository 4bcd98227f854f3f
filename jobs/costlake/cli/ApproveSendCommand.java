package costlake.cli;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.deliver.ApprovalMail;
import costlake.deliver.ApprovalNotice;
import costlake.outbox.MessageChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake approve send}. */
@Command(
    name = "send",
    description = {
      "Mail requests to their approvers, and decisions to the teams.",
      "Each is mailed once. 'request' and 'decide' do this too if a mail server is configured."
    },
    footer = {"", "Example: costlake approve send --conf conf"})
final class ApproveSendCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--resolve",
      arity = "2",
      paramLabel = "ID sent|not-sent",
      hideParamSyntax = true,
      description = "Record the outcome of a mail in doubt: its id, then sent or not-sent.")
  @Nullable List<String> resolve;

  @Override
  public void run() {
    Config config = common.config();
    try (ApprovalSession session = ApprovalSession.open(config)) {
      if (resolve != null) {
        common.out().println(line(resolved(session, resolve)));
      } else {
        report(session.send(common.console().progress()));
      }
    }
  }

  private static MessageChange<ApprovalNotice> resolved(
      ApprovalSession session, List<String> outcome) {
    return ApprovalMail.resolve(
        session.lake(),
        outcome.get(0),
        SendCommand.decision(outcome.get(1)),
        CommonOptions.actor(),
        null);
  }

  private void report(List<MessageChange<ApprovalNotice>> mails) {
    mails.forEach(mail -> common.out().println(line(mail)));
    List<String> doubtful =
        mails.stream()
            .filter(mail -> SendCommand.NEEDS_PERSON.contains(mail.state()))
            .map(MessageChange::id)
            .toList();
    if (!doubtful.isEmpty()) {
      throw Failure.operator(
          """
          It is unknown whether the mail about %s arrived, or the server refused it. Find out, then
          run 'costlake approve send --resolve ID sent' or 'costlake approve send --resolve ID
          not-sent'
          """,
          String.join(", ", doubtful));
    }
  }

  private static String line(MessageChange<ApprovalNotice> mail) {
    return "%s  %s  %s%s"
        .formatted(
            mail.id(),
            mail.state().waits() ? "waits" : SendCommand.word(mail.state()),
            mail.message().teamId(),
            mail.detail() == null ? "" : "  " + mail.detail());
  }
}
