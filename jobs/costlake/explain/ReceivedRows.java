package costlake.explain;

import costlake.core.ReceiverId;

/** Rows of teams, once for each receiver whose statement contains them. */
final class ReceivedRows {
  private static final String BY_RECEIVER =
      """
      select charged.*, explode(array_compact(array(
              %3$s, concat('%5$s', %4$s), concat('%6$s', cost_centre_of_team), '%7$s'
          ))) as sum_receiver
          from %1$s as charged
          left join (
              select billing_month as month_of_centre, team_id as team_of_centre, max(cost_centre) as cost_centre_of_team
              from reporting.statements
              where receiver_kind = 'team'
              group by all
          ) on month_of_centre = %2$s and team_of_centre = %3$s""";

  private ReceivedRows() {}

  /**
   * Returns a query for the rows with their receivers as {@code sum_receiver}.
   *
   * @param rows relation with the rows
   * @param month month of a row
   * @param team team of a row
   * @param project project of a row; null in SQL if rows have no project
   */
  static String of(String rows, String month, String team, String project) {
    return BY_RECEIVER.formatted(
        rows, month, team, project, ReceiverId.PROJECT, ReceiverId.COST_CENTRE, ReceiverId.COMPANY);
  }
}
