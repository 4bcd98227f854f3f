package costlake.deliver;

import costlake.report.FigureFormat;
import costlake.report.SafeNames;
import java.util.Locale;
import java.util.Objects;

/**
 * Says what made cost rise or fall, in the language of the team. It names no other team, because
 * the parts of an incident may be of others.
 */
final class IncidentText implements LetterText {
  private static final int NAME_MAX = 60;

  private final FigureFormat figures;
  private final MailTexts words;
  private final ToldIncident incident;

  IncidentText(Locale locale, ToldIncident incident) {
    this.figures = new FigureFormat(locale);
    this.words = new MailTexts(locale);
    this.incident = incident;
  }

  @Override
  public String language() {
    return words.language();
  }

  @Override
  public String subject() {
    return isRun()
        ? words.say("unapproved.subject", item(), amount())
        : words.say(key("subject"), amount(), cause());
  }

  @Override
  public String text() {
    return String.join("\n", what(), "", "costlake incidents " + incident.id(), "");
  }

  private String what() {
    String first = figures.day(incident.startedOn());
    String last = figures.day(incident.endedOn());
    return isRun()
        ? words.say("unapproved.text", item(), amount(), first, last)
        : words.say(key("text"), first, last, amount(), cause());
  }

  private boolean isRun() {
    return incident.cause().equals("unapproved");
  }

  private String key(String name) {
    return "incident." + (incident.costAbove().signum() < 0 ? "fall." : "rise.") + name;
  }

  private String cause() {
    return words.say("incident.cause." + incident.cause(), item());
  }

  private String amount() {
    return incident.currency() + " " + figures.money(incident.costAbove().abs());
  }

  private String item() {
    String item = Objects.requireNonNullElse(incident.item(), FigureFormat.UNKNOWN);
    return SafeNames.shorten(SafeNames.plain(item), NAME_MAX);
  }
}
