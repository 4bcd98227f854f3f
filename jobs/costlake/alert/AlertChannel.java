package costlake.alert;

import static costlake.decide.OpsTable.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import costlake.decide.Decision;
import costlake.outbox.Channel;
import costlake.outbox.MessageChange;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Alerts on their way to routes: the tables {@code ops.alert_outbox}, with a row for each change of
 * a message, and {@code ops.alert_decisions}.
 */
public final class AlertChannel extends Channel<AlertMessage> {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  /** Creates the channel. */
  public AlertChannel() {
    super("alert", text("route_id"), text("kind"), text("severity"), text("title"), text("alerts"));
  }

  @Override
  public TypeReference<Decision<MessageChange<AlertMessage>>> type() {
    return new TypeReference<>() {};
  }

  @Override
  protected List<Object> content(AlertMessage message) {
    return List.of(
        message.routeId(),
        message.kind(),
        message.severity().word(),
        message.title(),
        written(message.alerts()));
  }

  private static String written(List<Alert> alerts) {
    try {
      return JSON.writeValueAsString(alerts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected AlertMessage message(Row row) {
    return new AlertMessage(
        row.getAs("message_id"), row.getAs("route_id"), alerts(row.getAs("alerts")));
  }

  private static List<Alert> alerts(String written) {
    try {
      return JSON.readValue(written, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("ops.alert_outbox has alerts that cannot be read", e);
    }
  }
}
