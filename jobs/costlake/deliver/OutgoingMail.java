package costlake.deliver;

import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** A mail as the mail server reads it, and the addresses that get it. */
record OutgoingMail(MimeMessage message, List<String> recipients) {
  OutgoingMail {
    recipients = List.copyOf(recipients);
  }
}
