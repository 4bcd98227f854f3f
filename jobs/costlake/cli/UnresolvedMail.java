package costlake.cli;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A mail or an alert that failed, bounced or has an unknown outcome, so that a person must act.
 *
 * @param kind mail or alert
 * @param recipients all recipients, the one recipient whom the state concerns, or the route
 */
record UnresolvedMail(
    String kind, String state, String messageId, String recipients, String detail) {
  private static final String MAIL = "mail";
  private static final String UNRESOLVED =
      """
      select last.state, message_id, coalesce(last.recipient, last.%s), last.detail
      from (
          select message_id, max_by(struct(*), change) as last
          from %s
          group by all
      )
      where last.state in ('sending', 'doubtful', 'failed', 'bounced')
      order by last.changed_at, message_id
      """;

  /**
   * Reads the unresolved mails of all months, with statements, about thresholds of budgets and
   * about approvals, and the unresolved alerts. The {@code ops} tables must be registered as views.
   */
  static List<UnresolvedMail> of(SparkSession spark) {
    return Stream.of(
            of(spark, MAIL, "ops.mail_outbox", "recipients"),
            of(spark, MAIL, "ops.threshold_outbox", "team_id"),
            of(spark, MAIL, "ops.approval_mail_outbox", "team_id"),
            of(spark, "alert", "ops.alert_outbox", "route_id"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<UnresolvedMail> of(
      SparkSession spark, String kind, String outbox, String addressee) {
    return spark.catalog().tableExists(outbox)
        ? spark.sql(UNRESOLVED.formatted(addressee, outbox)).collectAsList().stream()
            .map(
                r ->
                    new UnresolvedMail(
                        kind, r.getString(0), r.getString(1), r.getString(2), r.getString(3)))
            .toList()
        : List.of();
  }
}
