package costlake.deliver;

import costlake.config.Config;
import costlake.config.MailConfig;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.outbox.Dispatch;
import costlake.outbox.MessageChange;
import costlake.outbox.Outbox;
import costlake.outbox.Transport;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends statements by mail, writes the mails to files, and records the outcome of mails. */
public final class StatementMail {
  private StatementMail() {}

  /**
   * Sends the statements of a month to the recipients that do not have them yet.
   *
   * @return the state of every mail of the month, after sending
   * @throws Failure with exit code 2 if the configuration does not allow to send
   */
  public static List<MessageChange<Mail>> send(
      Config config,
      Lake lake,
      YearMonth month,
      List<OutgoingStatement> statements,
      Progress progress) {
    try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "send " + month)) {
      return by(
          config.mail(),
          transport ->
              new StatementSender(config, outbox, transport, progress).send(month, statements));
    }
  }

  /** Returns how often a mail is tried, as configured. */
  static Dispatch.Attempts attempts(MailConfig mail) {
    return new Dispatch.Attempts(mail.attemptsMax(), Duration.ofSeconds(mail.backoffS()));
  }

  /** Sends by the transport that is configured. */
  static <R> R by(MailConfig mail, Function<Transport<OutgoingMail>, R> send) {
    return switch (mail.transport()) {
      case SMTP -> send.apply(new SmtpTransport(mail));
      case SES -> {
        try (SesTransport ses = new SesTransport(mail)) {
          yield send.apply(ses);
        }
      }
      case NONE ->
          throw Failure.operator(
              """
              Cannot send: mail.transport is none. Set it to smtp or ses in costlake.yml, or write
              the mails to files with --dry-run DIR
              """);
    };
  }

  /**
   * Writes the mails of a month to files {@code <to>/<month>/<statement file>.eml}. Sends nothing.
   *
   * @return the files, in order of teams
   */
  public static List<Path> dryRun(
      Config config, YearMonth month, List<OutgoingStatement> statements, Path to) {
    MimeMessages messages = new MimeMessages(SenderAddress.of(config), config.company().name());
    MailWriters writers = new MailWriters(config);
    List<Optional<Recipients>> recipients = Recipients.of(config, statements);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      if (recipients.get(i).isPresent()) {
        Recipients addressees = recipients.get(i).get();
        MailContent content = writers.content(statements.get(i));
        String id = messages.messageId(statements.get(i).id(), addressees.all());
        MimeMessage message =
            messages.message(
                id,
                addressees,
                content,
                month.plusMonths(1).atDay(1).atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
        files.add(
            write(
                message,
                to.resolve(month.toString())
                    .resolve(content.fileName().replaceFirst("pdf$", "eml"))));
      }
    }
    return files;
  }

  private static Path write(MimeMessage message, Path file) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        message.writeTo(out);
      }
      return file;
    } catch (IOException | MessagingException e) {
      throw Failure.operator(
          e, "Cannot write the mail to %s: check free space and permissions of the folder", file);
    }
  }

  /**
   * Records a person's decision about a mail.
   *
   * @param actor person who decided
   * @param reason reason for the decision; null if no reason is given
   */
  public static MessageChange<Mail> resolve(
      Lake lake, String messageId, MailDecision decision, String actor, @Nullable String reason) {
    try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "send --resolve")) {
      return new MailOutcomes<>(outbox).resolve(messageId, decision, actor, reason);
    }
  }

  /**
   * Reads the notices of a folder (delivery status notifications and events of Amazon SES) and
   * records what they report.
   *
   * @return the mails that changed
   */
  public static List<MessageChange<Mail>> notices(Lake lake, Path folder) {
    List<DeliveryNotices.Notice> notices = DeliveryNotices.read(folder);
    try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "send --bounces")) {
      return new MailOutcomes<>(outbox).take(notices);
    }
  }
}
