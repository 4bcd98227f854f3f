package costlake.deliver;

import costlake.core.Failure;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Builds MIME messages: the text and the HTML as alternatives, and the PDF as an attachment. */
final class MimeMessages {
  private static final int ID_LENGTH = 40;

  private final String from;
  private final String company;
  private final Session session = Session.getInstance(new Properties());

  MimeMessages(String from, String company) {
    this.from = from;
    this.company = company;
  }

  /**
   * Returns the Message-ID, without brackets. It depends only on the statement and the addresses.
   */
  String messageId(String statementId, List<String> recipients) {
    String addresses =
        recipients.stream()
            .map(costlake.config.MailAddress::key)
            .sorted()
            .collect(Collectors.joining(" "));
    return Digests.sha256(Digests.bytes(statementId), Digests.bytes(addresses))
            .substring(0, ID_LENGTH)
        + from.substring(from.indexOf('@'));
  }

  /** Returns the part of the Message-ID before the at sign, which has letters and digits only. */
  static String tag(MimeMessage message) throws MessagingException {
    return message.getMessageID().replaceFirst("^<", "").replaceFirst("@.*", "");
  }

  MimeMessage message(String messageId, Recipients recipients, MailContent content, Instant at) {
    try {
      MimeMessage message =
          addressed(messageId, recipients, content.subject(), content.language(), at);
      message.setContent(new MimeMultipart("mixed", alternatives(content), attachment(content)));
      message.saveChanges();
      return message;
    } catch (MessagingException | java.io.UnsupportedEncodingException e) {
      throw failure(messageId, e);
    }
  }

  /** Builds a mail of text alone. */
  MimeMessage message(String messageId, Recipients recipients, LetterText content, Instant at) {
    try {
      MimeMessage message =
          addressed(messageId, recipients, content.subject(), content.language(), at);
      message.setText(content.text(), StandardCharsets.UTF_8.name());
      message.setHeader("Content-Transfer-Encoding", "quoted-printable");
      message.saveChanges();
      return message;
    } catch (MessagingException | java.io.UnsupportedEncodingException e) {
      throw failure(messageId, e);
    }
  }

  private static Failure failure(String messageId, Exception e) {
    return Failure.internal(e, "Failed to build mail %s: %s", messageId, e.getMessage());
  }

  private MimeMessage addressed(
      String messageId, Recipients recipients, String subject, String language, Instant at)
      throws MessagingException, java.io.UnsupportedEncodingException {
    MimeMessage message = new Identified(session, messageId);
    message.setFrom(new InternetAddress(from, company, StandardCharsets.UTF_8.name()));
    for (String address : recipients.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
    }
    for (String address : recipients.cc()) {
      message.addRecipient(Message.RecipientType.CC, new InternetAddress(address, true));
    }
    message.setSubject(subject, StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(at));
    message.setHeader("Content-Language", language);
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  private static MimeBodyPart alternatives(MailContent content) throws MessagingException {
    MimeBodyPart text = text(content.text(), "plain");
    MimeBodyPart html = text(content.html(), "html");
    MimeBodyPart both = new MimeBodyPart();
    both.setContent(new MimeMultipart("alternative", text, html));
    return both;
  }

  private static MimeBodyPart text(String content, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(content, StandardCharsets.UTF_8.name(), subtype);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }

  private static MimeBodyPart attachment(MailContent content) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(new ByteArrayDataSource(content.attachment(), "application/pdf")));
    part.setFileName(content.fileName());
    part.setDisposition("attachment");
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  /** A message that keeps its given Message-ID. */
  private static final class Identified extends MimeMessage {
    private final String messageId;

    Identified(Session session, String messageId) {
      super(session);
      this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + messageId + ">");
    }
  }
}
