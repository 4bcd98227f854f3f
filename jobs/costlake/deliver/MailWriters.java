package costlake.deliver;

import costlake.config.Config;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Writes mails to teams, each in the language of the team. */
final class MailWriters {
  private final Config config;
  private final Map<Locale, MailWriter> writers = new HashMap<>();

  MailWriters(Config config) {
    this.config = config;
  }

  MailContent content(OutgoingStatement statement) {
    return writers
        .computeIfAbsent(
            config.locale(statement.teamId()),
            locale -> new MailWriter(locale, new LineLinks(config.mail().site())))
        .content(statement);
  }
}
