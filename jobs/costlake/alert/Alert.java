package costlake.alert;

import costlake.config.Severity;
import costlake.core.PlainText;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that a team should know, e.g. that its budget reached a threshold. Texts are made safe
 * to show and are cut, so that one alert fits in every format.
 *
 * @param kind name of its {@link AlertKind}
 * @param id id within the kind; two alerts with one kind and id are the same alert
 * @param teamId team that it concerns; null if it concerns the company alone
 * @param title one line
 * @param text some lines; the title if there are none
 * @param facts figures and names for programs, by name
 * @param startsAt when it began
 * @param endsAt when it is over: at the latest, or if it is resolved, since when
 */
public record Alert(
    String kind,
    String id,
    AlertEvent event,
    Severity severity,
    @Nullable String teamId,
    String title,
    String text,
    Map<String, String> facts,
    Instant startsAt,
    Instant endsAt) {
  private static final int TITLE_MAX = 150;
  private static final int TEXT_MAX = 1500;
  private static final int FACT_MAX = 150;
  private static final int FACTS_MAX = 20;

  public Alert {
    title = cut(PlainText.line(title).strip(), TITLE_MAX);
    text = text.isBlank() ? title : cut(PlainText.lines(text).strip(), TEXT_MAX);
    Map<String, String> shown = new TreeMap<>();
    facts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(FACTS_MAX)
        .forEach(fact -> shown.put(fact.getKey(), cut(PlainText.line(fact.getValue()), FACT_MAX)));
    facts = Collections.unmodifiableMap(shown);
  }

  /** Cuts a text to a number of UTF-16 units, never within a character. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** Returns the identity of the alert among all kinds. */
  public String key() {
    return kind + "/" + id;
  }

  /** Returns the same alert with a later event. */
  Alert then(AlertEvent later, Instant at) {
    Instant end = later == AlertEvent.RESOLVE ? at : endsAt;
    return new Alert(kind, id, later, severity, teamId, title, text, facts, startsAt, end);
  }
}
