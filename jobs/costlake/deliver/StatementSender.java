package costlake.deliver;

import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.deliver.MailChange.State;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends the statements of a month. Sends each statement to each recipient at most once, even if the
 * process is killed and the command runs again. Records each mail before sending it, and the
 * outcome afterwards. If a mail has no outcome, a notice or a person decides whether it was sent.
 */
final class StatementSender {
  /** A mail of this run: its last change and its message. */
  private static final class Post {
    private MailChange last;
    private final MimeMessage message;

    Post(MailChange last, MimeMessage message) {
      this.last = last;
      this.message = message;
    }
  }

  private final Config config;
  private final Outbox outbox;
  private final Transport transport;
  private final MimeMessages messages;
  private final Progress progress;
  private final MailStates states;
  private final List<MailChange> newChanges = new ArrayList<>();

  StatementSender(Config config, Outbox outbox, Transport transport, Progress progress) {
    this.config = config;
    this.outbox = outbox;
    this.transport = transport;
    this.messages = new MimeMessages(SenderAddress.of(config), config.company().name());
    this.progress = progress;
    this.states = new MailStates(outbox.changes());
  }

  /** Sends the mails that were not sent yet. Returns the state of every mail of the month. */
  List<MailChange> send(YearMonth month, List<OutgoingStatement> statements) {
    FailPoint.reached(FailPoints.SEND_BEGUN);
    List<Optional<Recipients>> recipients = Recipients.of(config, statements);
    markDoubtful(month);
    List<Post> posts = new ArrayList<>();
    MailWriters writers = new MailWriters(config);
    for (int i = 0; i < statements.size(); i++) {
      OutgoingStatement statement = statements.get(i);
      recipients.get(i).flatMap(r -> prepare(month, statement, r, writers)).ifPresent(posts::add);
    }
    writeChanges();
    FailPoint.reached(FailPoints.SEND_RENDERED);
    posts.stream()
        .filter(p -> p.last.state() == State.RENDERED)
        .forEach(p -> addChange(p, p.last.then(State.QUEUED, null)));
    writeChanges();
    FailPoint.reached(FailPoints.SEND_QUEUED);
    handOver(posts);
    return states.of(month);
  }

  /** Marks the mails that an earlier run began to send without recording the outcome. */
  private void markDoubtful(YearMonth month) {
    for (MailChange change : states.of(month)) {
      if (change.state() == State.SENDING) {
        addChange(change.then(State.DOUBTFUL, "the run was interrupted while it sent the mail"));
      }
    }
  }

  private Optional<Post> prepare(
      YearMonth month, OutgoingStatement statement, Recipients configured, MailWriters writers) {
    Recipients left = configured.without(states.reached(statement.id()));
    if (left.isEmpty()) {
      withdraw(month, statement.teamId(), Optional.empty());
      return Optional.empty();
    }
    String messageId = messages.messageId(statement.id(), left.all());
    withdraw(month, statement.teamId(), Optional.of(messageId));
    Optional<MailChange> known = states.of(messageId);
    if (known.filter(c -> c.state() == State.FAILED).isPresent()) {
      return Optional.empty();
    }
    MailContent content = writers.content(statement);
    Mail mail =
        new Mail(
            messageId, statement.id(), month, statement.teamId(), left.all(), content.sha256());
    Instant at = Instant.now();
    MailChange last =
        known
            .map(c -> isQueued(c, mail) ? c : c.renderedAgain(mail))
            .orElseGet(() -> MailChange.rendered(mail, at));
    Post post = new Post(last, messages.message(messageId, left, content, at));
    if (known.filter(last::equals).isEmpty()) {
      addChange(last);
    }
    return Optional.of(post);
  }

  private static boolean isQueued(MailChange known, Mail mail) {
    return known.state() == State.QUEUED && known.mail().equals(mail);
  }

  /**
   * Withdraws the mails of the team that were not sent yet, except the mail {@code kept}. These
   * mails have other recipients or an older statement than the mails of this run.
   */
  private void withdraw(YearMonth month, String teamId, Optional<String> kept) {
    for (MailChange change : states.of(month)) {
      boolean waits = change.state() == State.QUEUED || change.state() == State.RENDERED;
      if (waits
          && change.mail().teamId().equals(teamId)
          && kept.filter(change.mail().messageId()::equals).isEmpty()) {
        addChange(
            change.then(
                State.WITHDRAWN, "the recipients or the statement changed before it was sent"));
      }
    }
  }

  private void handOver(List<Post> posts) {
    List<Post> left = posts;
    progress.begin("Sending", posts.size(), "mails");
    try {
      for (int round = 1; !left.isEmpty() && round <= config.mail().attemptsMax(); round++) {
        pause(round);
        left = round(left);
      }
    } finally {
      writeChanges();
      progress.end();
    }
  }

  /** Tries to send each mail once. Returns the mails to try again. */
  private List<Post> round(List<Post> posts) {
    List<Post> later = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      Post post = posts.get(i);
      Transport.Answer answer = handOver(post);
      if (answer instanceof Transport.TemporarilyRefused) {
        later.add(post);
      } else if (answer instanceof Transport.Unreachable) {
        later.addAll(posts.subList(i, posts.size()));
        break;
      } else if (answer instanceof Transport.SenderRefused barred) {
        throw Failure.operator(
            """
            Cannot send by %s: %s. Correct this and run again. Mails that were sent are not sent again
            """,
            config.mail().transport().name().toLowerCase(Locale.ROOT), barred.reason());
      }
      progress.advance(later.contains(post) ? 0 : 1);
    }
    writeChanges();
    return later;
  }

  private Transport.Answer handOver(Post post) {
    FailPoint.reached(FailPoints.SEND_BEFORE_SENDING);
    addChange(post, post.last.trying());
    writeChanges();
    FailPoint.reached(FailPoints.SEND_SENDING);
    Transport.Answer answer = transport.handOver(post.message, post.last.mail().recipients());
    FailPoint.reached(FailPoints.SEND_HANDED_OVER);
    addChange(post, next(post.last, answer));
    return answer;
  }

  private static MailChange next(MailChange sending, Transport.Answer answer) {
    if (answer instanceof Transport.Accepted taken) {
      return sending.taken(taken.providerId());
    }
    if (answer instanceof Transport.Refused refused) {
      return sending.then(State.FAILED, refused.reason());
    }
    if (answer instanceof Transport.OutcomeUnknown lost) {
      return sending.then(State.DOUBTFUL, lost.reason());
    }
    if (answer instanceof Transport.TemporarilyRefused later) {
      return sending.then(State.QUEUED, later.reason());
    }
    return sending.then(
        State.QUEUED,
        answer instanceof Transport.Unreachable unreachable
            ? unreachable.reason()
            : ((Transport.SenderRefused) answer).reason());
  }

  private void pause(int round) {
    if (round == 1) {
      return;
    }
    try {
      Thread.sleep((config.mail().backoffS() * 1000L) << (round - 2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.internal(
          e, "Interrupted before the next attempt to send. Run again to continue");
    }
  }

  private void addChange(Post post, MailChange change) {
    post.last = change;
    addChange(change);
  }

  private void addChange(MailChange change) {
    states.add(change);
    newChanges.add(change);
  }

  /**
   * Writes the changes since the last call in one step, e.g. the outcome of one mail and the start
   * of the next mail.
   */
  private void writeChanges() {
    if (newChanges.isEmpty()) {
      return;
    }
    List<MailChange> changes = List.copyOf(newChanges);
    newChanges.clear();
    outbox.record(changes);
    if (changes.stream().anyMatch(c -> c.state() == State.SENT)) {
      FailPoint.reached(FailPoints.SEND_RECORDED);
    }
  }
}
