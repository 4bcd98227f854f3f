package costlake.cli;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A mail that failed, bounced or has an unknown outcome, so that a person must act.
 *
 * @param recipients all recipients, or the one recipient whom the state concerns
 */
record UnresolvedMail(String state, String messageId, String recipients, String detail) {
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
   * Reads the unresolved mails of all months, with statements and about thresholds of budgets. The
   * {@code ops} tables must be registered as views.
   */
  static List<UnresolvedMail> of(SparkSession spark) {
    return Stream.of(
            of(spark, "ops.mail_outbox", "recipients"),
            of(spark, "ops.threshold_outbox", "team_id"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<UnresolvedMail> of(SparkSession spark, String outbox, String addressee) {
    return spark.catalog().tableExists(outbox)
        ? spark.sql(UNRESOLVED.formatted(addressee, outbox)).collectAsList().stream()
            .map(
                r ->
                    new UnresolvedMail(
                        r.getString(0), r.getString(1), r.getString(2), r.getString(3)))
            .toList()
        : List.of();
  }
}
