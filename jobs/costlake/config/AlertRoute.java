package costlake.config;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts go ({@code alerts.yml}). {@link AlertRouteChecks} checks it. The address may contain
 * a secret, so it never appears in a message.
 */
public record AlertRoute(
    @Required @Description("Short name, unique: lower-case letters, digits, - or _.") String id,
    @Required
        @Description(
            "Who receives: slack, teams (a workflow of Microsoft Teams), pagerduty (Events API v2),"
                + " alertmanager (API v2) or json (any receiver, docs/alerts.md).")
        Type type,
    @Description(
            "Address of the webhook, https. Those of slack, teams and json are secrets: write"
                + " ${NAME} or ${file:NAME}. For alertmanager: its base. Empty for pagerduty: that of"
                + " PagerDuty.")
        @Nullable String url,
    @Description("Routing key of a PagerDuty service, as ${NAME} or ${file:NAME}.")
        @Nullable String routingKey,
    @Description("Ids of the teams whose alerts go there. No alert of another team does.")
        List<String> teams,
    @Description("Set to true instead of teams if all alerts go there.") boolean company,
    @Description("Kinds of alerts, e.g. budget_threshold. Empty: all kinds.") List<String> kinds,
    @Description("Least severity: info, warning, error or critical. Empty: info.")
        Severity minSeverity,
    @Description(
            "Severity from which an alert waits neither for the end of quiet hours nor for the"
                + " digest. Empty: critical.")
        Severity urgent,
    @Description("Hours in which only urgent alerts are sent. The others wait.")
        @Nullable QuietHours quietHours,
    @Description(
            "Collects the alerts of a day, except urgent ones, and sends one message. Not for"
                + " pagerduty and alertmanager, which know single alerts.")
        @Nullable Digest digest,
    @Description(
            "What happens if it is unknown whether a message arrived. wait: a person decides, so that"
                + " none arrives twice; repeat: it is sent again, so that none is lost. Empty: wait;"
                + " pagerduty and alertmanager, which recognise a repetition: repeat.")
        @Nullable InDoubt inDoubt) {
  private static final String PAGERDUTY = "https://events.pagerduty.com/v2/enqueue";
  private static final String ALERTMANAGER = "/api/v2/alerts";

  public AlertRoute {
    teams = List.copyOf(teams);
    kinds = List.copyOf(kinds);
    minSeverity = minSeverity == null ? Severity.INFO : minSeverity;
    urgent = urgent == null ? Severity.CRITICAL : urgent;
  }

  /** Who receives alerts. */
  public enum Type {
    SLACK,
    TEAMS,
    PAGERDUTY,
    ALERTMANAGER,
    JSON;

    /**
     * Whether the receiver knows alerts by their identity, so that a repetition changes nothing.
     */
    public boolean knowsAlerts() {
      return this == PAGERDUTY || this == ALERTMANAGER;
    }

    /** Whether the address alone allows anybody to send. */
    boolean hasSecretAddress() {
      return !knowsAlerts();
    }

    /** Returns the type as the configuration spells it. */
    public String word() {
      return EnumNames.of(this);
    }
  }

  /** What happens if it is unknown whether a message arrived. */
  public enum InDoubt {
    WAIT,
    REPEAT
  }

  /** Hours of each day. They may span midnight. */
  public record QuietHours(
      @Required @Description("Time at which they begin, e.g. 22:00.") LocalTime from,
      @Required @Description("Time at which they end, e.g. 07:00.") LocalTime until,
      @Required @Description("Time zone, e.g. Europe/Berlin.") ZoneId zone) {
    /** Whether a moment is within the hours. Their end is not. */
    public boolean include(Instant moment) {
      LocalTime time = moment.atZone(zone).toLocalTime();
      return from.isBefore(until)
          ? !time.isBefore(from) && time.isBefore(until)
          : !time.isBefore(from) || time.isBefore(until);
    }
  }

  /** When the alerts of a day are sent together. */
  public record Digest(
      @Required @Description("Time of the day, e.g. 08:00: the first run from then on sends it.")
          LocalTime at,
      @Required @Description("Time zone, e.g. Europe/Berlin.") ZoneId zone) {
    /** Returns the day of the last digest that is due. */
    public LocalDate day(Instant moment) {
      ZonedDateTime now = moment.atZone(zone);
      LocalDate today = now.toLocalDate();
      return now.toLocalTime().isBefore(at) ? today.minusDays(1) : today;
    }
  }

  /** Whether an alert of this team may go there; null for an alert of the company alone. */
  public boolean isFor(@Nullable String team) {
    return company || (team != null && teams.contains(team));
  }

  /** Whether alerts of this kind and severity go there. */
  public boolean wants(String kind, Severity severity) {
    return (kinds.isEmpty() || kinds.contains(kind)) && severity.isAtLeast(minSeverity);
  }

  /** Whether a message is sent again if it is unknown whether it arrived. */
  public boolean repeats() {
    return inDoubt == null ? type.knowsAlerts() : inDoubt == InDoubt.REPEAT;
  }

  /** Returns the address to which messages are posted. */
  public URI address() {
    String written = writtenAddress().orElse(PAGERDUTY);
    return URI.create(
        type == Type.ALERTMANAGER && !written.endsWith(ALERTMANAGER)
            ? written.replaceFirst("/+$", "") + ALERTMANAGER
            : written);
  }

  Optional<String> writtenAddress() {
    return Optional.ofNullable(url);
  }

  /**
   * Returns the routing key.
   *
   * @throws NullPointerException if the type is not pagerduty
   */
  public String key() {
    return Objects.requireNonNull(routingKey);
  }

  /** Returns the id alone, because other values may be secrets. */
  @Override
  public String toString() {
    return id;
  }
}
