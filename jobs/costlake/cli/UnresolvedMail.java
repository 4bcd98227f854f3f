package costlake.cli;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A mail that failed, bounced or has an unknown outcome, so that a person must act.
 *
 * @param recipients all recipients, or the one recipient whom the state concerns
 */
record UnresolvedMail(String state, String messageId, String recipients, String detail) {
  private static final String UNRESOLVED =
      """
      select last.state, message_id, coalesce(last.recipient, last.recipients), last.detail
      from (
          select message_id, max_by(struct(*), change) as last
          from ops.mail_outbox
          group by all
      )
      where last.state in ('sending', 'doubtful', 'failed', 'bounced')
      order by last.changed_at, message_id
      """;

  /**
   * Reads the unresolved mails of all months. The {@code ops} tables must be registered as views.
   */
  static List<UnresolvedMail> of(SparkSession spark) {
    return spark.catalog().tableExists("ops.mail_outbox")
        ? spark.sql(UNRESOLVED).collectAsList().stream()
            .map(
                r ->
                    new UnresolvedMail(
                        r.getString(0), r.getString(1), r.getString(2), r.getString(3)))
            .toList()
        : List.of();
  }
}
