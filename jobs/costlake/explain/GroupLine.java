package costlake.explain;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A line of the statement of a cost centre or the company, by the teams that bear it. Each leads to
 * the line of its own statement, which is explained down to delivered rows.
 */
final class GroupLine {
  static final String TABLE = "reporting.group_lines";
  static final String COSTS = "economics.statement_costs";

  private static final String ASKED = "explained_group_line";

  /** A cost has one name in the breakdown of the line; what no line names is in the last one. */
  private static final String BY_TEAM =
      """
      with line as (select * from explained_group_line),
      named as (
          select own.name, true as is_named
          from reporting.group_lines as own
          join line on own.billing_month = line.billing_month and own.group_id = line.group_id
              and own.billing_currency = line.billing_currency and own.breakdown = line.breakdown
          where own.members = 1
      ),
      costs as (
          select c.team_id, c.effective_cost, s.statement, case line.breakdown
              when 'bridge' then coalesce(concat('correction ', date_format(c.correction_of_month, 'yyyy-MM')), c.cost_kind)
              when 'project' then c.project_id
              when 'provider' then c.provider
              when 'service' then c.service
              when 'environment' then c.environment
              when 'model' then c.model_id
              when 'team' then c.team_id
              end as name
          from line
          join economics.statement_costs as c
              on c.billing_month = line.billing_month and c.billing_currency = line.billing_currency
          join (
              select billing_month, team_id, billing_currency, cost_centre,
                  concat_ws('/', date_format(billing_month, 'yyyy-MM'), team_id, billing_currency) as statement
              from reporting.statements
          ) as s on s.billing_month = c.billing_month and s.team_id = c.team_id and s.billing_currency = c.billing_currency
          where line.group_id = 'company.all' or line.group_id = concat('centre.', s.cost_centre)
      ),
      borne as (
          select costs.team_id, costs.statement, sum(costs.effective_cost) as cost
          from costs
          cross join line
          left join named on named.name <=> costs.name
          where if(line.members = 1, costs.name <=> line.name, named.is_named is null)
          group by all
      )
      select borne.team_id, borne.cost, coalesce(own.line_id, borne.statement) as leads_to
      from borne
      cross join line
      left join reporting.statement_lines as own
          on own.billing_month = line.billing_month and own.team_id = borne.team_id
          and own.billing_currency = line.billing_currency and own.breakdown = line.breakdown
          and own.members = 1 and line.members = 1 and own.name <=> line.name
      order by borne.cost desc, borne.team_id""";

  /**
   * The lines of teams that say of one team what the line asked for says of a group; each model
   * once.
   */
  private static final String SAME_OF_TEAMS =
      """
      select *
      from (
          select own.*, row_number() over (partition by own.team_id order by own.line_id) as place
          from explained_team_lines as own
          join explained_group_line as line on line.kind = own.kind and line.billing_month = own.billing_month
              and line.billing_currency = own.billing_currency and line.subject <=> own.subject
              and (line.kind <> 'idle' or line.label = own.label)
          join reporting.statements as s on s.billing_month = own.billing_month and s.team_id = own.team_id
              and s.billing_currency = own.billing_currency
          where line.group_id = 'company.all' or line.group_id = concat('centre.', s.cost_centre)
      )
      where place = 1
      order by line_id""";

  private GroupLine() {}

  /** A line of a page that is about accelerators, pools, workloads or models; in no breakdown. */
  static Dataset<Row> ofPage(SparkSession spark, String id) {
    return PrintedLines.ofGroups(spark)
        .where(col("line_id").equalTo(id).and(col("kind").notEqual("breakdown")));
  }

  /** The lines of teams that such a line sums. Columns as those of {@link PrintedLines#all}. */
  static Dataset<Row> ofTeams(SparkSession spark, Dataset<Row> line) {
    line.createOrReplaceTempView(ASKED);
    PrintedLines.all(spark).createOrReplaceTempView("explained_team_lines");
    return spark.sql(SAME_OF_TEAMS);
  }

  /** The line of this id, or empty when no such statement has it. */
  static Optional<Tree> tree(SparkSession spark, String id) {
    Dataset<Row> asked = spark.table(TABLE).where(col("line_id").equalTo(id));
    List<Row> lines = asked.collectAsList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    asked.createOrReplaceTempView(ASKED);
    Row line = lines.get(0);
    String currency = line.getAs("billing_currency");
    List<Tree> teams = new ArrayList<>();
    for (Row team : spark.sql(BY_TEAM).collectAsList()) {
      String borne =
          "team %s: see %s"
              .formatted(team.<String>getAs("team_id"), team.<String>getAs("leads_to"));
      teams.add(new Tree(borne, team.getAs("cost"), currency, List.of()));
    }
    String label =
        line.<Integer>getAs("members") > 1
            ? "everything else"
            : Objects.requireNonNullElse(line.getAs("name"), "(none)");
    return Optional.of(
        new Tree(
            "%s: %s %s".formatted(id, line.getAs("breakdown"), label),
            line.getAs("effective_cost"),
            currency,
            teams));
  }
}
