package costlake.deliver;

import costlake.config.Config;
import costlake.config.MailAddress;
import costlake.core.Failure;
import costlake.core.PlainText;

/** Determines the address from which mails are sent. */
final class SenderAddress {
  private SenderAddress() {}

  static String of(Config config) {
    String from = config.mail().from() == null ? config.company().contact() : config.mail().from();
    if (!MailAddress.isAddress(from)) {
      throw Failure.operator(
          """
          Cannot write mail from '%s': company.contact is not a mail address. Set mail.from in
          costlake.yml
          """,
          PlainText.line(from));
    }
    return from;
  }
}
