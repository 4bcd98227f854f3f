package costlake.cli;

import costlake.config.AlertRoute;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The tables that {@code costlake alerts} prints: routes, and the messages of one route. */
final class AlertTables {
  static final List<String> ROUTES =
      List.of("route", "type", "host", "alerts_of", "sent", "waits", "needs_person", "last_sent");
  static final List<String> MESSAGES =
      List.of("state", "message_id", "severity", "title", "changed_at", "detail");

  private static final String OUTBOX = "ops.alert_outbox";

  /** The last change of each message, with the group to which its state belongs. */
  private static final String LAST =
      """
      with last_changes as (
          select max_by(struct(*), change) as last
          from ops.alert_outbox
          group by message_id
      ),
      messages as (
          select
              last.*,
              case
                  when last.state in ('sending', 'doubtful', 'failed') then 'needs_person'
                  when last.state in ('rendered', 'queued') then 'waits'
                  else last.state
              end as state_group
          from last_changes
      )
      """;

  private final LakeSession session;

  private AlertTables(LakeSession session) {
    this.session = session;
  }

  static AlertTables of(LakeSession session) {
    return new AlertTables(session.withTables(OUTBOX::equals));
  }

  /** Returns one row for each route, in the order of the configuration. */
  Iterator<Row> routes(List<AlertRoute> routes) {
    Map<String, Row> counts = new HashMap<>();
    rows("""
            select
                route_id, count_if(state_group = 'sent') as sent, count_if(state_group = 'waits') as waits,
                count_if(state_group = 'needs_person') as needs_person,
                max(changed_at) filter (where state_group = 'sent') as last_sent
            from messages
            group by all
            """)
        .forEach(row -> counts.put(row.getString(0), row));
    return routes.stream().map(route -> row(route, counts.get(route.id()))).iterator();
  }

  private static Row row(AlertRoute route, @Nullable Row counts) {
    return RowFactory.create(
        route.id(),
        route.type().word(),
        route.address().getHost(),
        route.company() ? "company" : String.join(" ", route.teams()),
        counts == null ? 0L : counts.get(1),
        counts == null ? 0L : counts.get(2),
        counts == null ? 0L : counts.get(3),
        counts == null ? null : counts.get(4));
  }

  /** Returns the messages of a route: those that need a person, those that wait, the others. */
  Iterator<Row> messages(String route) {
    return rows("""
            select state, message_id, severity, title, changed_at, detail
            from messages
            where route_id = '%s'
            order by
                case state_group when 'needs_person' then 1 when 'waits' then 2 else 3 end, changed_at desc, message_id
            """
            .formatted(route))
        .iterator();
  }

  private List<Row> rows(String query) {
    return session.lake().tables().contains(OUTBOX)
        ? session.spark().sql(LAST + query).collectAsList()
        : List.of();
  }
}
