package costlake.deliver;

import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Mail;
import costlake.lake.MailChange;
import costlake.lake.MailChange.State;
import costlake.lake.Outbox;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends the statements of a month, each to each of its recipients at most once, however often it
 * runs and wherever it is killed. A mail is recorded before it is handed over, and its outcome
 * after; a mail without an outcome is in doubt, and a notice or a person decides.
 */
final class StatementSender {
  /** A mail of this run: its state and its content. */
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
  private final List<MailChange> unwritten = new ArrayList<>();

  StatementSender(Config config, Outbox outbox, Transport transport, Progress progress) {
    this.config = config;
    this.outbox = outbox;
    this.transport = transport;
    this.messages = new MimeMessages(SenderAddress.of(config), config.company().name());
    this.progress = progress;
    this.states = new MailStates(outbox.changes());
  }

  /** Sends the mails that are due. Returns the state of every mail of the month afterwards. */
  List<MailChange> send(YearMonth month, List<OutgoingStatement> statements) {
    FailPoint.reached(FailPoints.SEND_BEGUN);
    List<Optional<Recipients>> recipients = Recipients.of(config, statements);
    doubt(month);
    List<Post> posts = new ArrayList<>();
    MailWriters writers = new MailWriters(config);
    for (int i = 0; i < statements.size(); i++) {
      OutgoingStatement statement = statements.get(i);
      recipients.get(i).flatMap(r -> post(month, statement, r, writers)).ifPresent(posts::add);
    }
    flush();
    FailPoint.reached(FailPoints.SEND_RENDERED);
    posts.stream()
        .filter(p -> p.last.state() == State.RENDERED)
        .forEach(p -> note(p, p.last.then(State.QUEUED, null)));
    flush();
    FailPoint.reached(FailPoints.SEND_QUEUED);
    handOver(posts);
    return states.of(month);
  }

  /** A run that ended between sending and recording leaves what it sent in doubt. */
  private void doubt(YearMonth month) {
    for (MailChange change : states.of(month)) {
      if (change.state() == State.SENDING) {
        note(change.then(State.DOUBTFUL, "the run that handed it over was cut off"));
      }
    }
  }

  private Optional<Post> post(
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
            .map(c -> isQueued(c, mail) ? c : c.renderedAnew(mail))
            .orElseGet(() -> MailChange.rendered(mail, at));
    Post post = new Post(last, messages.message(messageId, left, content, at));
    if (known.filter(last::equals).isEmpty()) {
      note(last);
    }
    return Optional.of(post);
  }

  private static boolean isQueued(MailChange known, Mail mail) {
    return known.state() == State.QUEUED && known.mail().equals(mail);
  }

  /** Mails of the team that still wait, for other recipients or with a statement since replaced. */
  private void withdraw(YearMonth month, String teamId, Optional<String> kept) {
    for (MailChange change : states.of(month)) {
      boolean waits = change.state() == State.QUEUED || change.state() == State.RENDERED;
      if (waits
          && change.mail().teamId().equals(teamId)
          && kept.filter(change.mail().messageId()::equals).isEmpty()) {
        note(
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
      flush();
      progress.end();
    }
  }

  /** Tries each mail once. Returns those for which a later try may do better. */
  private List<Post> round(List<Post> posts) {
    List<Post> later = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      Post post = posts.get(i);
      Transport.Answer answer = handOver(post);
      if (answer instanceof Transport.Later) {
        later.add(post);
      } else if (answer instanceof Transport.Unreachable) {
        later.addAll(posts.subList(i, posts.size()));
        break;
      } else if (answer instanceof Transport.Barred barred) {
        throw Failure.operator(
            "Cannot send by %s: %s. Correct this and run again; no mail is sent twice",
            config.mail().transport().name().toLowerCase(Locale.ROOT), barred.reason());
      }
      progress.advance(later.contains(post) ? 0 : 1);
    }
    flush();
    return later;
  }

  private Transport.Answer handOver(Post post) {
    FailPoint.reached(FailPoints.SEND_BEFORE_SENDING);
    note(post, post.last.trying());
    flush();
    FailPoint.reached(FailPoints.SEND_SENDING);
    Transport.Answer answer = transport.handOver(post.message, post.last.mail().recipients());
    FailPoint.reached(FailPoints.SEND_HANDED_OVER);
    note(post, next(post.last, answer));
    return answer;
  }

  private static MailChange next(MailChange sending, Transport.Answer answer) {
    if (answer instanceof Transport.Taken taken) {
      return sending.taken(taken.providerId());
    }
    if (answer instanceof Transport.Refused refused) {
      return sending.then(State.FAILED, refused.reason());
    }
    if (answer instanceof Transport.Lost lost) {
      return sending.then(State.DOUBTFUL, lost.reason());
    }
    if (answer instanceof Transport.Later later) {
      return sending.then(State.QUEUED, later.reason());
    }
    return sending.then(
        State.QUEUED,
        answer instanceof Transport.Unreachable unreachable
            ? unreachable.reason()
            : ((Transport.Barred) answer).reason());
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
          e, "Interrupted while waiting for the next attempt; run again to continue");
    }
  }

  private void note(Post post, MailChange change) {
    post.last = change;
    note(change);
  }

  private void note(MailChange change) {
    states.add(change);
    unwritten.add(change);
  }

  /**
   * Writes all noted changes at once: the outcome of one mail and the start of the next attempt.
   */
  private void flush() {
    if (unwritten.isEmpty()) {
      return;
    }
    List<MailChange> changes = List.copyOf(unwritten);
    unwritten.clear();
    outbox.record(changes);
    if (changes.stream().anyMatch(c -> c.state() == State.SENT)) {
      FailPoint.reached(FailPoints.SEND_RECORDED);
    }
  }
}
