package costlake.explain;

import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Explains the lines in the statements of cost centres and of the company (groups of teams). Splits
 * each line by team and names the line of the team's own statement, which can be explained down to
 * delivered rows.
 */
final class GroupLines {
  static final String TABLE = "reporting.statement_lines";
  static final String COSTS = "economics.statement_costs";

  private static final String LINES_VIEW = "explained_group_lines";

  /**
   * Splits each line by team. A cost counts in the line with its name or, if there is no such line,
   * in the line for all other names.
   */
  private static final String BY_TEAM =
      """
      with named as (
          select billing_month, receiver_id, billing_currency, breakdown, name, true as is_named
          from reporting.statement_lines
          where members = 1 and receiver_kind <> 'team'
      ),
      teams as (
          select billing_month, team_id, billing_currency, concat('centre.', cost_centre) as centre,
              concat_ws('/', date_format(billing_month, 'yyyy-MM'), team_id, billing_currency) as statement
          from reporting.statements
          where receiver_kind = 'team'
      ),
      costs as (
          select line.line_id, line.billing_month, line.receiver_id, line.billing_currency, line.breakdown,
              line.members, line.name as line_name, c.team_id, c.effective_cost, teams.statement, case line.breakdown
              when 'bridge' then coalesce(concat('correction ', date_format(c.correction_of_month, 'yyyy-MM')), c.cost_kind)
              when 'project' then c.project_id
              when 'provider' then c.provider
              when 'service' then c.service
              when 'environment' then c.environment
              when 'model' then c.model_id
              when 'team' then c.team_id
              when 'owner' then if(c.rule_id <=> 'last_resort', 'last_resort', 'owned')
              end as name
          from explained_group_lines as line
          join economics.statement_costs as c
              on c.billing_month = line.billing_month and c.billing_currency = line.billing_currency
          join teams on teams.billing_month = c.billing_month and teams.team_id = c.team_id
              and teams.billing_currency = c.billing_currency
          where line.receiver_id in ('company.all', teams.centre)
      ),
      team_costs as (
          select costs.line_id, costs.billing_month, costs.billing_currency, costs.breakdown, costs.members, costs.line_name,
              costs.team_id, costs.statement, sum(costs.effective_cost) as cost
          from costs
          left join named on named.billing_month = costs.billing_month and named.receiver_id = costs.receiver_id
              and named.billing_currency = costs.billing_currency and named.breakdown = costs.breakdown
              and named.name <=> costs.name
          where if(costs.members = 1, costs.name <=> costs.line_name, named.is_named is null)
          group by all
      )
      select team_costs.line_id, team_costs.team_id, team_costs.cost, own.cost_shown as shown,
          coalesce(own.line_id, team_costs.statement) as leads_to
      from team_costs
      left join reporting.statement_lines as own
          on own.billing_month = team_costs.billing_month and own.team_id = team_costs.team_id
          and own.billing_currency = team_costs.billing_currency and own.breakdown = team_costs.breakdown
          and own.members = 1 and team_costs.members = 1 and own.name <=> team_costs.line_name
      order by team_costs.line_id, team_costs.cost desc, team_costs.team_id""";

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
          where line.receiver_id in ('company.all', concat('centre.', s.cost_centre))
      )
      where place = 1
      order by line_id""";

  private GroupLines() {}

  /** Explains the lines of breakdowns, e.g. by project or by service. */
  static List<ExplainedLine> breakdowns(SparkSession spark, Column lines) {
    Dataset<Row> selected =
        spark
            .table(TABLE)
            .where(not(PrintedLines.EXPLAINED_BY_CHARGES))
            .where(lines)
            .orderBy("line_id");
    List<Row> found = selected.collectAsList();
    if (found.isEmpty()) {
      return List.of();
    }
    selected.createOrReplaceTempView(LINES_VIEW);
    Map<String, List<Row>> costsOfTeams = grouped("line_id", spark.sql(BY_TEAM));
    List<ExplainedLine> explained = new ArrayList<>();
    for (Row line : found) {
      String id = line.getAs("line_id");
      String currency = line.getAs("billing_currency");
      List<ExplanationStep> teams =
          costsOfTeams.getOrDefault(id, List.of()).stream()
              .map(team -> ofTeam(team, currency))
              .toList();
      String label =
          line.<Integer>getAs("members") > 1
              ? "everything else"
              : Objects.requireNonNullElse(line.getAs("name"), "(none)");
      explained.add(
          ExplainedLine.of(
              line,
              new ExplanationStep(
                  "%s: %s %s".formatted(id, line.getAs("breakdown"), label),
                  line.getAs("effective_cost"),
                  currency,
                  teams)));
    }
    return explained;
  }

  private static ExplanationStep ofTeam(Row team, String currency) {
    String label =
        "team %s: see %s".formatted(team.<String>getAs("team_id"), team.<String>getAs("leads_to"));
    return new ExplanationStep(label, team.getAs("cost"), currency, List.of())
        .shownAs(team.getAs("shown"));
  }

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
    return grouped("group_line_id", spark.sql(OF_TEAMS));
  }

  private static Map<String, List<Row>> grouped(String column, Dataset<Row> rows) {
    Map<String, List<Row>> by = new LinkedHashMap<>();
    rows.collectAsList()
        .forEach(row -> by.computeIfAbsent(row.getAs(column), id -> new ArrayList<>()).add(row));
    return by;
  }
}
