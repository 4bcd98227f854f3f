package costlake.deliver;

import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends one mail to a mail server, for all of the recipients or for none. */
interface Transport {
  /** Tries once to send a mail. Returns a failure as an answer; does not throw. */
  Answer handOver(MimeMessage message, List<String> recipients);

  /** The outcome of an attempt to send. */
  sealed interface Answer {}

  /**
   * The server accepted the mail.
   *
   * @param providerId id that the mail service gave the mail; null if it gave none
   */
  record Accepted(@Nullable String providerId) implements Answer {}

  /** The server permanently refused this mail. No recipient gets it. */
  record Refused(String reason) implements Answer {}

  /** The server refused the mail for now. A later attempt may succeed. */
  record TemporarilyRefused(String reason) implements Answer {}

  /** The server cannot be reached, so no mail can be sent now. */
  record Unreachable(String reason) implements Answer {}

  /** The server refuses the sender. The operator must correct the configuration or the account. */
  record SenderRefused(String reason) implements Answer {}

  /** The connection broke after the mail was sent. Whether the server accepted it is unknown. */
  record OutcomeUnknown(String reason) implements Answer {}
}
