package costlake.cli;

import costlake.config.Config;
import costlake.config.Owners;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.deliver.Mail;
import costlake.deliver.MailDecision;
import costlake.deliver.OutgoingStatement;
import costlake.deliver.StatementMail;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.report.StatementDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake send}: sends mails, records notices, or records the outcome of a mail. */
@Command(
    name = "send",
    description = {
      "Mail the statements of a month.",
      "Each mail is sent once, however often you run this. It also records bounces and the outcome"
          + " of mails in doubt."
    },
    footer = {
      "",
      "Example: costlake send --conf demo/conf --period 2026-09 --dry-run mails",
      "A mail in doubt waits for a notice (--bounces DIR) or for a person (--resolve ID"
          + " sent|not-sent)."
    })
final class SendCommand implements Runnable, Stoppable {
  @Mixin CommonOptions common;

  @Option(names = "--period", paramLabel = "YYYY-MM", description = "Billing month.")
  @Nullable String period;

  @Option(
      names = "--team",
      paramLabel = "TEAM",
      description =
          "One team (default: all, and the projects, cost centres and company with recipients).")
  @Nullable String team;

  @Option(
      names = "--dry-run",
      paramLabel = "DIR",
      description = "Write the mails to files *.eml in DIR and send nothing.")
  @Nullable Path dryRun;

  @Option(
      names = "--bounces",
      paramLabel = "DIR",
      description =
          "Record the notices in DIR: delivery status notifications (*.eml), Amazon SES events"
              + " (*.json).")
  @Nullable Path bounces;

  @Option(
      names = "--resolve",
      arity = "2",
      paramLabel = "ID sent|not-sent",
      hideParamSyntax = true,
      description =
          "Record the outcome of a mail in doubt, or send a refused mail again: its message id,"
              + " then sent or not-sent.")
  @Nullable List<String> resolve;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, with --resolve.")
  @Nullable String reason;

  @Override
  public String whatStands() {
    return "No mail is sent twice: 'costlake status' names a mail whose outcome is in doubt. Run the same"
        + " command again to send the others.";
  }

  @Override
  public void run() {
    long actions = Stream.of(period, bounces, resolve).filter(Objects::nonNull).count();
    if (actions != 1) {
      throw Failure.operator(
          """
          Give exactly one of --period YYYY-MM (send), --bounces DIR (record notices) and --resolve
          ID sent|not-sent
          """);
    }
    if (reason != null && resolve == null) {
      throw Failure.operator("Cannot use --reason here: it belongs to --resolve ID sent|not-sent");
    }
    Config config = common.config();
    if (resolve != null) {
      resolve(config, resolve.get(0), decision(resolve.get(1)));
    } else if (bounces != null) {
      notices(config, bounces);
    } else {
      send(config, BillingPeriod.parse(Objects.requireNonNull(period)));
    }
  }

  private void send(Config config, BillingPeriod month) {
    try (LakeSession session = LakeSession.ofLake(config)) {
      List<StatementDocument> documents = documents(session.lake(), config, month);
      if (dryRun == null && !documents.stream().allMatch(d -> d.issue().closed())) {
        throw Failure.operator(
            """
            Cannot send the statements of %s: the month is not closed, so its figures may still
            change. Run 'costlake close --period %s' first, or write preliminary mails to files with
            --dry-run DIR
            """,
            month, month);
      }
      List<OutgoingStatement> statements = documents.stream().map(OutgoingStatement::of).toList();
      if (dryRun != null) {
        StatementMail.dryRun(config, month.month(), statements, dryRun)
            .forEach(file -> common.out().println(file));
        return;
      }
      List<MessageChange<Mail>> mails =
          StatementMail.send(
              config, session.lake(), month.month(), statements, common.console().progress());
      report(month, mails);
    }
  }

  /**
   * Returns the statements of teams, and of the cost centres and the company if they have
   * recipients.
   */
  private List<StatementDocument> documents(Lake lake, Config config, BillingPeriod month) {
    List<StatementDocument> documents =
        new ArrayList<>(ReportCommand.documents(lake, config, month, Optional.ofNullable(team)));
    Set<String> groups =
        config.owners().groups().stream()
            .filter(group -> !group.noMail())
            .map(Owners.Group::id)
            .collect(Collectors.toSet());
    if (team == null && !groups.isEmpty()) {
      ReportCommand.groups(lake, config, month).stream()
          .filter(document -> groups.contains(document.receiverId()))
          .forEach(documents::add);
    }
    return documents;
  }

  private void report(BillingPeriod month, List<MessageChange<Mail>> mails) {
    common.out().println("Mails of " + month + ": " + counts(mails));
    List<MessageChange<Mail>> open =
        mails.stream().filter(m -> NEEDS_PERSON.contains(m.state())).toList();
    open.forEach(m -> common.out().println(line(m)));
    if (!open.isEmpty()) {
      throw Failure.operator(
          """
          %d of the mails of %s need attention. If a mail is doubtful, find out whether it arrived,
          then run 'costlake send --resolve ID sent|not-sent'. If it failed or bounced, correct the
          address in owners.yml and send again
          """,
          open.size(), month);
    }
    List<MessageChange<Mail>> waiting =
        mails.stream().filter(m -> m.state() == MessageState.QUEUED).toList();
    if (!waiting.isEmpty()) {
      waiting.forEach(m -> common.out().println(line(m)));
      throw Failure.internal(
          """
          %d mails of %s could not be sent yet and stay in the queue: run 'costlake send --period
          %s' again later
          """,
          waiting.size(), month, month);
    }
  }

  /** States of a mail in which a person must act. */
  static final Set<MessageState> NEEDS_PERSON =
      Set.of(MessageState.DOUBTFUL, MessageState.FAILED, MessageState.BOUNCED);

  private static String counts(List<MessageChange<Mail>> mails) {
    String counts =
        Arrays.stream(MessageState.values())
            .map(s -> new Object[] {s, mails.stream().filter(m -> m.state() == s).count()})
            .filter(c -> (long) c[1] > 0)
            .map(c -> c[1] + " " + word((MessageState) c[0]))
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "none" : counts;
  }

  private static String line(MessageChange<Mail> mail) {
    return "  %s  %s  %s  %s%s"
        .formatted(
            word(mail.state()),
            mail.message().statementId(),
            mail.id(),
            String.join(" ", mail.message().recipients()),
            mail.detail() == null ? "" : "  " + mail.detail());
  }

  static String word(MessageState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private void resolve(Config config, String id, MailDecision decision) {
    try (LakeSession session = LakeSession.ofLake(config)) {
      MessageChange<Mail> resolved =
          StatementMail.resolve(session.lake(), id, decision, CommonOptions.actor(), reason);
      common.out().println(line(resolved).strip());
    }
  }

  static MailDecision decision(String word) {
    return Arrays.stream(MailDecision.values())
        .filter(v -> v.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.operator(
                    "Invalid outcome '%s': write --resolve ID sent or --resolve ID not-sent",
                    word));
  }

  private void notices(Config config, Path folder) {
    try (LakeSession session = LakeSession.ofLake(config)) {
      List<MessageChange<Mail>> changes = StatementMail.notices(session.lake(), folder);
      common.out().println("Notices: " + (changes.isEmpty() ? "nothing new" : counts(changes)));
      changes.forEach(m -> common.out().println(line(m)));
    }
  }
}
