package costlake.explain;

import costlake.core.ReceiverId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the lines of teams that explain a line in the statement of a cost centre or of the company.
 */
final class GroupLines {
  private static final String LINES_VIEW = "explained_group_lines";

  /**
   * Finds, for each line of a group, the line of each team about the same subject. If a team has
   * several lines about one AI model, takes the first line.
   */
  private static final String OF_TEAMS =
      """
      select *
      from (
          select line.line_id as group_line_id, own.line_id,
              row_number() over (partition by line.line_id, own.team_id order by own.line_id) as place
          from explained_team_lines as own
          join explained_group_lines as line on line.kind = own.kind and line.billing_month = own.billing_month
              and line.billing_currency = own.billing_currency and line.subject <=> own.subject
          join reporting.statements as s on s.billing_month = own.billing_month and s.team_id = own.team_id
              and s.billing_currency = own.billing_currency
          where line.receiver_id in ('%s', concat('%s', s.cost_centre))
      )
      where place = 1
      order by line_id"""
          .formatted(ReceiverId.COMPANY, ReceiverId.COST_CENTRE);

  private GroupLines() {}

  /**
   * Finds the lines of the teams that each of these group lines sums. The key of the map is the id
   * of the group line.
   *
   * @param groups lines of groups, with the columns of {@link PrintedLines#ofGroups}
   * @param teams lines of teams, with the same columns
   */
  static Map<String, List<Row>> ofTeams(
      SparkSession spark, Dataset<Row> groups, Dataset<Row> teams) {
    groups.createOrReplaceTempView(LINES_VIEW);
    teams.createOrReplaceTempView("explained_team_lines");
    Map<String, List<Row>> ofTeams = new LinkedHashMap<>();
    spark
        .sql(OF_TEAMS)
        .collectAsList()
        .forEach(
            row ->
                ofTeams
                    .computeIfAbsent(row.getAs("group_line_id"), id -> new ArrayList<>())
                    .add(row));
    return ofTeams;
  }
}
