package costlake.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import costlake.config.Config;
import costlake.config.Owners;
import costlake.config.TagRule;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.lake.TableName;
import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake tags}: prints which cost carries the required tags, and what lacks them. */
@Command(
    name = "tags",
    description = {
      "Show which cost carries the required tags, by rule.",
      "percent is tagged / taggable: cost with an allowed value, of the cost that can carry a tag."
          + " near is the part of disallowed and missing that another spelling would repair."
    },
    footer = {"", "Example: costlake tags --conf demo/conf --gate"})
final class TagsCommand implements Runnable {
  private static final TableName COVERAGE = TableName.parse("governance.tag_coverage");
  private static final String GAPS = "governance.tag_gaps";
  private static final String SUMS = "tag_sums";

  private static final String NONE =
      "No tag is required. Write a rule in tags.yml; docs/tags.md says how.";

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Option(
      names = "--gate",
      description = "Exit with 2 if the coverage of a rule is below its minimum.")
  boolean gate;

  @Option(names = "--team", paramLabel = "TEAM", description = "Only cost that this team pays.")
  @Nullable String team;

  @Option(
      names = "--month",
      paramLabel = "YYYY-MM",
      description = "Billing month (default: the last one).")
  @Nullable String month;

  @Option(names = "--by-team", description = "A line for each team that pays.")
  boolean byTeam;

  @Option(
      names = "--rows",
      arity = "0..1",
      fallbackValue = "20",
      paramLabel = "N",
      description =
          "Show what lacks an allowed tag instead, and who pays for it: the N costliest rows of each"
              + " rule (default: 20).")
  @Nullable Integer rows;

  @Override
  public void run() {
    Config config = common.config();
    if (config.tagRules().isEmpty()) {
      common.console().say(NONE);
      return;
    }
    requireKnown(config.owners());
    try (LakeSession session = LakeSession.ofLake(config)) {
      show(config, session);
    }
  }

  private void requireKnown(Owners owners) {
    if (rows != null && rows < 1) {
      throw Failure.operator("Cannot show %d rows. Write --rows 1 or more", rows);
    }
    List<String> teams = owners.teams().stream().map(Owners.Team::id).toList();
    if (team != null && !teams.contains(team)) {
      throw Failure.operator(
          "Cannot find team '%s' in owners.yml.%s", team, Nearest.hint(team, teams));
    }
  }

  /** Prints the coverage of a month, or its gaps. */
  void show(Config config, LakeSession session) {
    Dataset<Row> coverage = session.lake().read(COVERAGE);
    Date billed = billed(coverage);
    Dataset<Row> judged = coverage.where(col("billing_month").equalTo(billed));
    Dataset<Row> sums = sums(session, judged);
    print(rows == null ? lines(sums) : gaps(session, billed, rows));
    String empty = names(sums.where("percent is null"), "rule_id");
    if (!empty.isEmpty()) {
      common.console().say("No coverage, because no cost can carry the tag: " + empty);
    }
    requireJudged(config, judged, billed.toLocalDate());
    if (gate) {
      refuse(sums);
    }
  }

  /** A rule that the last night did not know has no coverage yet, so it cannot pass a gate. */
  private void requireJudged(Config config, Dataset<Row> judged, LocalDate billed) {
    Set<String> known = Set.copyOf(judged.select("rule_id").as(Encoders.STRING()).collectAsList());
    String unknown =
        config.tagRules().stream()
            .filter(rule -> rule.isInForce(YearMonth.from(billed)) && !known.contains(rule.id()))
            .map(TagRule::id)
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty() && gate) {
      throw Failure.operator("Not judged yet: %s. Run 'costlake night' first", unknown);
    }
    if (!unknown.isEmpty()) {
      common.console().say("Not judged yet, wait for the next night: " + unknown);
    }
  }

  private Date billed(Dataset<Row> coverage) {
    Date wanted =
        month == null
            ? coverage.agg(max("billing_month")).first().getDate(0)
            : Date.valueOf(BillingPeriod.parse(month).firstDay());
    if (wanted == null || coverage.where(col("billing_month").equalTo(wanted)).isEmpty()) {
      throw Failure.operator(
          "Cannot show tags%s: the last night has no bill of a month in which a rule of tags.yml is in"
              + " force. Run 'costlake night', or choose another month",
          month == null ? "" : " of " + month);
    }
    return wanted;
  }

  /** Adds the teams of a rule up, and divides. */
  private Dataset<Row> sums(LakeSession session, Dataset<Row> coverage) {
    Dataset<Row> paid = team == null ? coverage : coverage.where(col("team_id").equalTo(team));
    paid.withColumn("payer", byTeam ? col("team_id") : lit(team).cast("string"))
        .createOrReplaceTempView(SUMS);
    return session
        .spark()
        .sql(
            """
            select
                rule_id, tag_key, billing_month, payer, billing_currency, max(minimum_percent) as minimum,
                sum(effective_cost) as cost, sum(taggable_cost) as taggable, sum(allowed_cost) as tagged,
                sum(disallowed_cost) as disallowed, sum(missing_cost) as missing, sum(near_cost) as near,
                sum(net_credit) as net_credit, sum(not_taggable_cost) as not_taggable,
                quotient(product(sum(allowed_cost), 100, 21), sum(taggable_cost), 21) as percent
            from tag_sums
            group by all
            """);
  }

  /** The percentage is rounded down, so that it never looks as if it reached the minimum. */
  private static Dataset<Row> lines(Dataset<Row> sums) {
    return sums.orderBy(
            col("percent").asc_nulls_last(),
            col("rule_id").asc(),
            col("payer").asc(),
            col("billing_currency").asc())
        .selectExpr(
            "rule_id as rule",
            "tag_key as tag",
            "date_format(billing_month, 'yyyy-MM') as month",
            "payer as team",
            "billing_currency as currency",
            "round(cost, 2) as cost",
            "round(taggable, 2) as taggable",
            "round(tagged, 2) as tagged",
            "round(disallowed, 2) as disallowed",
            "round(missing, 2) as missing",
            "round(near, 2) as near",
            "round(net_credit, 2) as net_credit",
            "round(not_taggable, 2) as not_taggable",
            "floor(percent, 1) as percent",
            "minimum");
  }

  private Dataset<Row> gaps(LakeSession session, Date billed, int most) {
    session.withTables(GAPS::equals);
    Dataset<Row> all = session.spark().table(GAPS).where(col("billing_month").equalTo(billed));
    return (team == null ? all : all.where(col("team_id").equalTo(team)))
        .selectExpr(
            "*",
            "row_number() over (partition by rule_id, billing_currency order by position) as place")
        .where(col("place").leq(most))
        .orderBy("rule_id", "billing_currency", "place")
        .selectExpr(
            "rule_id as rule",
            "date_format(billing_month, 'yyyy-MM') as month",
            "billing_currency as currency",
            "round(effective_cost, 2) as cost",
            "tag_state as tag",
            "tag_value as value",
            "coalesce(concat('value ', near_value), concat('key ', near_key)) as near",
            "team_id as team",
            "if(owner_kind = owner_rule_id, owner_kind, concat(owner_kind, ': ', owner_rule_id)) as"
                + " why",
            "provider",
            "sub_account_id as account",
            "service",
            "resource_id as resource");
  }

  private void print(Dataset<Row> lines) {
    new ResultPrinter(common.data())
        .print(format.chosen, List.of(lines.columns()), lines.collectAsList().iterator());
  }

  private static void refuse(Dataset<Row> sums) {
    String below =
        names(
            sums.where("product(tagged, 100, 21) < product(taggable, minimum, 21)"),
            "concat(concat_ws(' of ', rule_id, payer), ' (', floor(percent, 1), '% of ',"
                + " rtrim('.', rtrim('0', cast(minimum as string))), '%)')");
    if (!below.isEmpty()) {
      throw Failure.operator(
          "Below the minimum: %s. 'costlake tags --rows' shows what lacks the tag", below);
    }
  }

  private static String names(Dataset<Row> sums, String name) {
    return sums
        .orderBy("rule_id", "payer", "billing_currency")
        .selectExpr(name)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
