package costlake.deliver;

import costlake.outbox.Message;
import java.time.YearMonth;
import java.util.List;

/**
 * A mail with a statement.
 *
 * @param messageId the Message-ID without its brackets; it stays the same while the statement is
 *     sent to the same addresses
 * @param recipients all addresses of the mail, to and cc, in order
 * @param contentSha256 digest of the subject, the texts and the attachment
 */
public record Mail(
    String messageId,
    String statementId,
    YearMonth month,
    String teamId,
    List<String> recipients,
    String contentSha256)
    implements Message {
  public Mail {
    recipients = List.copyOf(recipients);
  }
}
