package costlake.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.outbox.MessageState;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.jspecify.annotations.Nullable;

/**
 * Reads notices that tell whether mails arrived: delivery status notifications (RFC 3464, files
 * {@code *.eml}) and events of Amazon SES (files {@code *.json}, with or without the envelope of
 * Amazon SNS).
 */
final class DeliveryNotices {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Session SESSION = Session.getInstance(new Properties());

  private DeliveryNotices() {}

  /**
   * A notice about one recipient or about all recipients of a mail.
   *
   * @param messageId the Message-ID that Costlake gave the mail, without brackets, or the part
   *     before its at sign; null if the notice does not quote it
   * @param providerId the id that the mail service gave the mail; null if there is none
   * @param recipient address of the recipient; null if the notice is about all recipients
   */
  record Notice(
      @Nullable String messageId,
      @Nullable String providerId,
      @Nullable String recipient,
      MessageState state,
      @Nullable String detail) {}

  /** Reads the notices of a folder, in order of file names. Ignores mails that are not notices. */
  static List<Notice> read(Path folder) {
    List<Notice> notices = new ArrayList<>();
    for (Path file : files(folder)) {
      notices.addAll(file.toString().endsWith(".json") ? event(file) : report(file));
    }
    return notices;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().matches(".*\\.(eml|json)")).sorted().toList();
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot read the folder of notices %s: name a folder with .eml or .json files",
          folder);
    }
  }

  private static List<Notice> report(Path file) {
    List<Notice> notices = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      if (new MimeMessage(SESSION, in).getContent() instanceof MultipartReport report
          && report.getReport() instanceof DeliveryStatus status) {
        MimeMessage returned = report.getReturnedMessage();
        String id = returned == null ? null : returned.getMessageID();
        for (int i = 0; i < status.getRecipientDSNCount(); i++) {
          notice(id, status.getRecipientDSN(i), notices);
        }
      }
    } catch (IOException | MessagingException e) {
      throw unreadable(file, e);
    }
    return notices;
  }

  private static void notice(
      @Nullable String messageId, InternetHeaders about, List<Notice> notices) {
    MessageState state =
        switch (header(about, "Action").toLowerCase(Locale.ROOT)) {
          case "failed" -> MessageState.BOUNCED;
          case "delivered", "relayed", "expanded" -> MessageState.DELIVERED;
          default -> null;
        };
    if (messageId != null && state != null) {
      String original = header(about, "Original-Recipient");
      String recipient = original.isEmpty() ? header(about, "Final-Recipient") : original;
      notices.add(
          new Notice(
              messageId.replaceAll("[<>\\s]", ""),
              null,
              recipient.replaceFirst("^[^;]*;\\s*", ""),
              state,
              (header(about, "Status") + " " + header(about, "Diagnostic-Code")).strip()));
    }
  }

  private static String header(InternetHeaders headers, String name) {
    String value = headers.getHeader(name, null);
    return value == null ? "" : value.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }

  private static List<Notice> event(Path file) {
    try {
      JsonNode event = JSON.readTree(file.toFile());
      return event(
          event.hasNonNull("Message") ? JSON.readTree(event.get("Message").asText()) : event);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<Notice> event(JsonNode event) {
    return switch (event.path("eventType").asText(event.path("notificationType").asText())) {
      case "Send" -> List.of(notice(event, null, MessageState.SENT, "Amazon SES accepted it"));
      case "Delivery" ->
          each(
              event.at("/delivery/recipients"),
              address ->
                  notice(
                      event,
                      address.asText(),
                      MessageState.DELIVERED,
                      event.at("/delivery/smtpResponse").asText(null)));
      case "Bounce" ->
          each(
              event.at("/bounce/bouncedRecipients"),
              bounced ->
                  notice(
                      event,
                      bounced.path("emailAddress").asText(),
                      MessageState.BOUNCED,
                      (event.at("/bounce/bounceType").asText()
                              + " "
                              + bounced.path("diagnosticCode").asText())
                          .strip()));
      case "Reject" ->
          List.of(
              notice(event, null, MessageState.BOUNCED, event.at("/reject/reason").asText(null)));
      default -> List.of();
    };
  }

  private static List<Notice> each(JsonNode recipients, Function<JsonNode, Notice> notice) {
    return StreamSupport.stream(recipients.spliterator(), false).map(notice).toList();
  }

  private static Notice notice(
      JsonNode event, @Nullable String recipient, MessageState state, @Nullable String detail) {
    JsonNode mail = event.path("mail");
    return new Notice(
        mail.path("tags").path(SesTransport.TAG).path(0).asText(null),
        mail.path("messageId").asText(null),
        recipient,
        state,
        detail);
  }

  private static Failure unreadable(Path file, Exception e) {
    return Failure.operator(
        e,
        """
        Cannot read the notice %s: %s. Move this file to another folder and run again. Notices that
        were read before count only once
        """,
        file,
        FileErrors.why(e));
  }
}
