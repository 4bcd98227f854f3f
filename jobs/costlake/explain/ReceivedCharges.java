package costlake.explain;

/** Charges of a table, once for each receiver whose statement contains them. */
final class ReceivedCharges {
  private static final String RELATIONS =
      """
      with centres as (
          select billing_month, team_id, max(cost_centre) as cost_centre
          from reporting.statements
          where receiver_kind = 'team'
          group by all
      ),
      received as (
          select charges.*, explode(array(
              x_TeamId, concat('project.', x_ProjectId), concat('centre.', centres.cost_centre), 'company.all'
          )) as receiver_id
          from %s as charges
          left join centres on centres.billing_month = x_BillingMonth and centres.team_id = x_TeamId
          where x_BillingMonth in (%s)
      ),
      """;

  private ReceivedCharges() {}

  /**
   * Starts a query with the relation {@code received}: the columns of the charges and {@code
   * receiver_id}.
   *
   * @param table table of charges, e.g. {@code allocation.allocated_charges}
   * @param months query of the months to read
   * @param rest the relations and the query that read {@code received}
   */
  static String query(String table, String months, String rest) {
    return RELATIONS.formatted(table, months) + rest;
  }
}
