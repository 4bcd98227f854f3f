package costlake.deliver;

import static org.apache.spark.sql.functions.expr;

import costlake.acknowledge.Acknowledge;
import costlake.acknowledge.Acknowledgement;
import costlake.alert.Alert;
import costlake.alert.AlertEvent;
import costlake.alert.AlertKind;
import costlake.config.Config;
import costlake.config.Severity;
import costlake.lake.Lake;
import costlake.lake.TableName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Alerts of incidents, for the team that can act. An incident is news while it is open, and for a
 * month after it ended, unless a person acknowledged it.
 */
abstract class IncidentAlerts implements AlertKind {
  private static final TableName BILLED = TableName.parse("economics.billed_days");
  private static final int NEWS_DAYS = 31;

  /** Returns the condition for the incidents of this kind. */
  abstract String condition();

  /** Returns how bad an incident is. */
  abstract Severity severity(Config config, ToldIncident incident);

  @Override
  public final List<Alert> alerts(Config config, Lake lake) {
    if (!lake.tables().containsAll(Set.of(Acknowledge.INCIDENTS.toString(), BILLED.toString()))) {
      return List.of();
    }
    Map<String, Acknowledgement> said = Acknowledge.byIncident(lake);
    return incidents(lake)
        .flatMap(
            incident ->
                incident
                    .events(said.get(incident.id()))
                    .map(event -> alert(config, incident, event)))
        .toList();
  }

  private Stream<ToldIncident> incidents(Lake lake) {
    Dataset<Row> billed = lake.read(BILLED).selectExpr("max(last_day) as last_billed_day");
    String news = "state = 'open' or ended_on >= date_sub(last_billed_day, %d)";
    return lake
        .read(Acknowledge.INCIDENTS)
        .where(condition())
        .crossJoin(billed)
        .withColumn("is_news", expr(news.formatted(NEWS_DAYS)))
        .orderBy("started_on", "incident_id")
        .collectAsList()
        .stream()
        .map(ToldIncident::of);
  }

  private Alert alert(Config config, ToldIncident incident, AlertEvent event) {
    IncidentText text = new IncidentText(locale(config, incident), incident);
    return new Alert(
        name(),
        incident.id(),
        event,
        severity(config, incident),
        incident.teamId(),
        text.subject(),
        text.text(),
        facts(incident),
        startOf(incident.startedOn()),
        startOf(incident.endedOn().plusDays(NEWS_DAYS)));
  }

  /** Returns the language of the team; that of the company if no team can act. */
  private static Locale locale(Config config, ToldIncident incident) {
    return config.locale(Objects.requireNonNullElse(incident.teamId(), ""));
  }

  private static Map<String, String> facts(ToldIncident incident) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("incident_id", incident.id());
    facts.put("started_on", incident.startedOn().toString());
    facts.put("found_on", incident.foundOn().toString());
    facts.put("currency", incident.currency());
    facts.put("cost_above", incident.costAbove().stripTrailingZeros().toPlainString());
    facts.put("cause", incident.cause());
    if (incident.item() != null) {
      facts.put("item", incident.item());
    }
    return facts;
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
