package costlake.alert;

import java.util.Locale;

/** What a message says of an alert. */
public enum AlertEvent {
  /** It began. */
  TRIGGER,
  /** Somebody takes care of it. */
  ACKNOWLEDGE,
  /** It is over. */
  RESOLVE;

  /** Returns the word of PagerDuty for the event. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
