package costlake.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.explain.Explain;
import costlake.explain.Explain.Depth;
import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import costlake.explain.LineAudit;
import costlake.page.LineExplanation;
import costlake.price.PricedModel;
import costlake.price.SelfHosted;
import costlake.price.TokenPrices;
import costlake.report.FigureFormat;
import costlake.report.PrintedPaper;
import costlake.report.PrintedSentences;
import costlake.report.SiteParts;
import costlake.report.StatementDocument;
import costlake.report.StatementPages;
import costlake.report.StatementStatus;
import costlake.report.Statements;
import costlake.sample.SampleSettings;
import costlake.testing.Duck;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares a night on the sample data with its expected figures. */
@Tag("night")
class SampleCompanyTest {
  private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
  private static final List<String> TRUTHS =
      List.of(
          "totals",
          "pools",
          "team_costs",
          "idle_days",
          "node_days",
          "run_attempts",
          "runs",
          "run_costs",
          "model_life",
          "traffic");

  @TempDir static Path folder;

  /** Creates the DuckDB table of the metrics that Costlake knows. */
  private static final String KNOWN_METRICS =
      "create table known_metrics as select * from %s;\n"
          .formatted(Duck.csv(Path.of("conf/reference/metrics.csv").toAbsolutePath()));

  private static final FigureFormat FIGURES = new FigureFormat(Locale.ROOT);

  /** A name of a column or of a value. */
  private static final Pattern IDENTIFIER = Pattern.compile("\\b[a-z0-9]+(_[a-z0-9]+)+\\b");

  private static final String LINES = "line_id, cost_shown";

  private static final Column IN_SEPTEMBER = col("billing_month").equalTo("2026-09-01");

  private static final Map<Locale, Map<String, StatementDocument>> DOCUMENTS = new HashMap<>();

  private static SparkSession spark;
  private static Config config;
  private static Map<String, Map<String, ExplanationStep>> explained = Map.of();

  @BeforeAll
  static void runItsNight() throws IOException {
    Path sample = folder.resolve("sample");
    SampleNight night =
        SampleNight.run(SampleSettings.demo().months(2, SEPTEMBER, 2), sample, TRUTHS);
    config = night.config();
    spark = night.spark();
  }

  @AfterAll
  static void dropViews() {
    SampleNight.dropViews(spark);
  }

  /** Returns the rows that only {@code expected} or only {@code actual} has. */
  private static List<Row> differences(String expected, String actual) {
    assertThat(spark.sql(expected).count()).isPositive();
    return spark
        .sql(
            "select 'expected', * from (%1$s except all %2$s) union all select 'found', * from (%2$s except all %1$s)"
                .formatted("(" + expected + ")", "(" + actual + ")"))
        .collectAsList();
  }

  private static String sums(String... costs) {
    StringBuilder sums = new StringBuilder();
    for (String cost : costs) {
      sums.append(", cast(sum(cast(%s as decimal(38,21))) as decimal(38,21))".formatted(cost));
    }
    return sums.toString();
  }

  @Test
  void duckDbAnswersEveryQuestionAsTheLakeDoes() throws IOException {
    Questions questions = Questions.of(spark);
    Map<String, List<String>> answers = questions.inTheLake();
    assertThat(answers).hasSize(40);
    assertThat(answers.remove("25-lines-against-totals.sql")).isEmpty();
    assertThat(answers.remove("09-new-lines.sql")).as("both months have the same lines").isEmpty();
    assertThat(answers).allSatisfy((name, rows) -> assertThat(rows).as(name).isNotEmpty());
    Map<String, List<String>> others = questions.inDuckDb(folder.resolve("questions"));
    assertThat(answers)
        .allSatisfy(
            (name, rows) ->
                assertThat(Questions.isSame(rows, others.get(name)))
                    .as("%s: %s, in DuckDB %s", name, rows, others.get(name))
                    .isTrue());
  }

  @Test
  void runsAndAModelAreExplainedDownToDeliveredRows() {
    Map<String, Subject> subjects =
        Map.of(
            "dialogue-2026w37", Subject.RUN,
            "tpu-2026-09-2", Subject.RUN,
            "attribution-v2", Subject.MODEL);
    for (String id : subjects.keySet()) {
      ExplanationStep tree = Explain.tree(spark, id, subjects.get(id), Depth.CHARGES);
      assertThat(tree.addsUp()).as(tree.text()).isTrue();
      assertThat(tree.money())
          .as(id)
          .isEqualByComparingTo(
              spark
                  .table("economics.use_costs")
                  .where(col("run_id").equalTo(id).or(col("model_id").equalTo(id)))
                  .agg(expr("sum(effective_cost)"))
                  .first()
                  .getDecimal(0));
      assertThat(tree.text()).containsPattern("% of the charge\n.*row \\d+ of ");
    }
  }

  @Test
  void theUsesOfEveryChargeAddUpToIt() {
    assertThat(
            differences(
                """
                select x_AllocationId, BilledCost, ContractedCost, EffectiveCost, ListCost
                from allocation.allocated_charges""",
                """
                select allocation_id, sum(billed_cost), sum(contracted_cost), sum(effective_cost), sum(list_cost)
                from economics.ledger
                group by all"""))
        .isEmpty();
  }

  @Test
  void everyCostOfEveryMonthArrivesInFocusAndAtItsOwners() {
    String truth =
        "select source_id, billing_month"
            + sums("billed_cost", "effective_cost", "list_cost", "contracted_cost")
            + " from truth_totals group by all";
    String costs = sums("BilledCost", "EffectiveCost", "ListCost", "ContractedCost");
    assertThat(
            differences(
                truth,
                "select x_SourceId, date_format(BillingPeriodStart, 'yyyy-MM')"
                    + costs
                    + " from focus.cost_and_usage group by all"))
        .isEmpty();
    assertThat(
            differences(
                truth,
                "select x_SourceId, date_format(x_BillingMonth, 'yyyy-MM')"
                    + costs
                    + " from allocation.allocated_charges group by all"))
        .isEmpty();
  }

  @Test
  void everyTeamOwnsWhatItsTagsAccountsAndOverridesSay() {
    assertThat(
            differences(
                "select found_team, billing_month"
                    + sums("billed_cost", "effective_cost", "list_cost", "contracted_cost")
                    + " from truth_team_costs where team <> '(shared)' and found_team <> 'platform'"
                    + " group by all",
                "select x_TeamId, date_format(x_BillingMonth, 'yyyy-MM')"
                    + sums("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
                    + " from allocation.allocated_charges"
                    + " where AllocatedMethodId is null and x_TeamId <> 'platform' group by all"))
        .isEmpty();
  }

  /**
   * The team platform owns the charges with its tags and the charges without another owner. It also
   * owns the charges of clusters, pools and central purchases before they are split.
   */
  @Test
  void platformOwnsItsOwnAndHoldsWhatIsShared() {
    assertThat(
            differences(
                "select if(team = '(shared)', found_via, 'own') as held_for, billing_month"
                    + sums("billed_cost", "effective_cost", "list_cost", "contracted_cost")
                    + " from truth_team_costs where found_team = 'platform' group by all",
                "select case when AllocatedMethodId like 'node-%' or x_OwnerRuleId ="
                    + " 'acct-aws-cluster' and x_CostKind <> 'tax' then 'cluster' when"
                    + " AllocatedMethodId like 'pool-%' or x_OwnerRuleId = 'acct-aws-payer' or"
                    + " x_CostKind = 'tax' and x_OwnerRuleId <> 'acct-aws-platform' then 'account'"
                    + " else 'own' end as held_for, date_format(x_BillingMonth, 'yyyy-MM')"
                    + sums("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
                    + " from allocation.allocated_charges"
                    + " where AllocatedMethodId is not null or x_TeamId = 'platform' group by all"))
        .isEmpty();
  }

  /**
   * Compares the published allocation with an independent allocation of the same charges in DuckDB.
   */
  @Test
  void anotherEngineGivesEveryChargeToTheSameReceiversToTheLastDigit(@TempDir Path opinions) {
    Dataset<Row> published = spark.table("allocation.allocated_charges");
    assertThat(new AllocationOpinions(spark, spark::table, config, opinions).of(published))
        .containsExactly(
            "both | node-price-ratio | direct",
            "both | node-price-ratio | idle",
            "both | pool-accelerator_hours | shared",
            "both | pool-cost | shared",
            "both | pool-cost | tax",
            "both | pool-cpu_hours | shared",
            "both | whole | credit",
            "both | whole | direct",
            "both | whole | tax");
  }

  /**
   * Returns the rows of a table of the company with one change: between 10:00 and 12:00, half of
   * the time of each node and about half of its workloads have a second name of the node.
   */
  private static Dataset<Row> withMachinesThatCameBack(String table) {
    Dataset<Row> rows = spark.table(table);
    return switch (table) {
      case "telemetry.node_hours" -> {
        Column twice = expr("hour(hour_start) between 10 and 11");
        Map<String, Column> half = new HashMap<>();
        for (String column :
            List.of(
                "up_s",
                "cpu_capacity_core_s",
                "memory_capacity_byte_s",
                "accelerator_capacity_s")) {
          half.put(column, expr("cast(" + column + " / 2 as decimal(38,9))"));
        }
        Dataset<Row> halves = rows.where(twice).withColumns(half);
        yield rows.where(not(twice))
            .unionByName(halves)
            .unionByName(halves.withColumn("node_id", expr("concat(node_id, '-again')")));
      }
      case "telemetry.workload_hours" ->
          rows.withColumn(
              "node_id",
              expr(
                  "if(hour(hour_start) between 10 and 11 and crc32(workload_id) % 2 = 0,"
                      + " concat(node_id, '-again'), node_id)"));
      default -> rows;
    };
  }

  /**
   * Allocates the charges of the company with methods, idle policies and drivers that its
   * configuration does not use.
   */
  @ParameterizedTest
  @CsvSource({"weights, keep, even", "fixed, even, fixed", "price-ratio, proportional, even"})
  void anotherEngineAgreesOnEveryMethodAndPolicy(
      String method, String idle, String driver, @TempDir Path opinions) throws IOException {
    Path conf = Files.createDirectories(opinions.resolve("conf"));
    for (String file : List.of("costlake.yml", "owners.yml", "sources.yml")) {
      Files.copy(folder.resolve("sample/conf").resolve(file), conf.resolve(file));
    }
    Files.writeString(
        conf.resolve("allocation.yml"),
        """
        node_groups:
          - {id: gpu, where: {cluster: train-use1}, method: %s, idle: %s, idle_owner: data}
        pools:
          - {id: network, name: Network, where: {SubAccountId: "618204935588"}, driver: cost,
             teams: [search, ads], fallback: even}
          - {id: logs, name: Logs, where: {ServiceName: AmazonCloudWatch}, driver: memory_hours, fallback: even}
          - {id: support, name: Support, where: {ServiceName: AWS Support (Business)}, driver: %s, fallback: even%s}
          - {id: kept, name: Kept, where: {ServiceName: AWS Lambda}, driver: accelerator_hours, teams: [platform], fallback: keep}
          - {id: registry, name: Registry, where: {ServiceName: Amazon EC2 Container Registry (ECR)}, driver: cost, fallback: even}
        """
            .formatted(
                method,
                idle,
                driver,
                driver.equals("fixed") ? ", shares: {search: 0.7, vision: 0.3}" : ""));
    Config other = Config.load(conf, null, Map.of());
    Function<String, Dataset<Row>> tables = SampleCompanyTest::withMachinesThatCameBack;
    Dataset<Row> allocated = AllocationOpinions.models(spark, tables, other);
    assertThat(new AllocationOpinions(spark, tables, other, opinions).of(allocated))
        .allMatch(opinion -> opinion.startsWith("both | "))
        .contains(
            "both | node-" + method + " | direct",
            "both | node-" + method + " | idle",
            "both | pool-cost | shared",
            "both | pool-memory_hours | shared",
            "both | pool-" + driver + " | shared");
  }

  @Test
  void everyPoolIsSharedWhole() {
    assertThat(
            differences(
                "select pool_id, billing_month"
                    + sums("billed_cost", "effective_cost", "list_cost", "contracted_cost")
                    + " from truth_pools group by all",
                "select x_PoolId, date_format(x_BillingMonth, 'yyyy-MM')"
                    + sums("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
                    + " from allocation.allocated_charges where AllocatedMethodId like 'pool-%' and"
                    + " x_CostKind <> 'tax' group by all"))
        .isEmpty();
  }

  @Test
  void everyIdleHourIsFoundWithItsKindAndItsOwner() {
    assertThat(
            differences(
                "select usage_date, node_id, idle_kind, if(idle_kind = 'workload_idle', team,"
                    + " null), workload_id, cast(sum(cast(idle_h as decimal(20,9))) as"
                    + " decimal(20,3)) from truth_idle_days where cast(idle_h as decimal(20,9)) > 0"
                    + " group by all",
                "select cast(usage_date as string), node_id, idle_kind, if(idle_kind ="
                    + " 'workload_idle', team_id, null), workload_id, cast(sum(idle_s) / 3600 as"
                    + " decimal(20,3)) from allocation.idle_hours where idle_s > 0 group by all"))
        .isEmpty();
  }

  /**
   * Only the teams to which a node was allocated on a day, or its owner if there are none, pay for
   * its idle time. The expected figures of the sample data list these teams.
   */
  @Test
  void whatANodeLeavesIdleIsPaidByThoseWhoHeldIt() {
    String idle =
        "select distinct cast(usage_date as string), node_id, team_id from allocation.idle_hours"
            + " where idle_kind = 'node_idle' and idle_s > 0";
    assertThat(spark.sql(idle).select("team_id").distinct().count()).isGreaterThan(3);
    assertThat(
            spark
                .sql(
                    idle
                        + " except select usage_date, node_id, coalesce(held.team, 'platform')"
                        + " from truth_node_days left join (select * from truth_idle_days"
                        + " where idle_kind = 'workload_idle') held using (usage_date, node_id)")
                .collectAsList())
        .isEmpty();
    assertThat(
            differences(
                "select x_AllocationDate, x_NodeId, x_TeamId, sum(EffectiveCost) from"
                    + " allocation.allocated_charges where x_CostKind = 'idle' and x_NodeId in"
                    + " (select provider_resource_id from truth_node_days where cast(provisioned_h"
                    + " as decimal(20,3)) > 0) group by all having sum(EffectiveCost) <> 0",
                "select usage_date, provider_resource_id, team_id, sum(effective_cost)"
                    + " from allocation.idle_hours where idle_kind = 'node_idle'"
                    + " group by all having sum(effective_cost) <> 0"))
        .isEmpty();
  }

  @Test
  void whatAWorkloadLeavesIdleIsPartOfItsCost() {
    assertThat(
            spark
                .sql(
                    "select * from allocation.allocated_charges where x_WorkloadIdleCost < 0"
                        + " or x_WorkloadIdleCost > EffectiveCost")
                .collectAsList())
        .isEmpty();
    assertThat(
            spark
                .sql(
                    "select x_TeamId, x_NodeId, x_AllocationDate from allocation.allocated_charges"
                        + " where x_CostKind = 'direct' and x_NodeId is not null group by all"
                        + " having sum(x_WorkloadIdleCost) > 0")
                .count())
        .isPositive();
  }

  @Test
  void acceleratorsAreProvisionedHeldAndActiveAsTheyWere() {
    assertThat(
            differences(
                "select usage_date, node_id, cast(provisioned_h as decimal(20,3)), cast(allocated_h"
                    + " as decimal(20,3)), cast(active_h as decimal(20,3)) from truth_node_days"
                    + " where cast(provisioned_h as decimal(20,3)) > 0",
                "select cast(usage_date as string), node_id, cast(sum(provisioned_s) / 3600 as"
                    + " decimal(20,3)), cast(sum(allocated_s) / 3600 as decimal(20,3)),"
                    + " cast(sum(active_s) / 3600 as decimal(20,3)) from"
                    + " telemetry.accelerator_hours group by all"))
        .isEmpty();
  }

  @Test
  void everyAttemptIsRecordedAsItWasPlanted() {
    String start = "date_format(%s, \"yyyy-MM-dd'T'HH:mm:ss'Z'\")";
    String seconds = "cast(%s as decimal(38,9))";
    assertThat(
            differences(
                """
                select run_id, cast(attempt as int), run_kind, experiment_id, model_id, model_version, status, started_at,
                    ended_at, cast(checkpoints as int), %s, %s, cast(produced_nothing as boolean), %s
                from truth_run_attempts
                """
                    .formatted(
                        seconds.formatted("worked_s"),
                        seconds.formatted("lost_s"),
                        seconds.formatted("accelerator_s")),
                """
                select run_id, attempt, run_kind, experiment_id, model_id, model_version, status, %s, %s, checkpoints,
                    worked_s, lost_s, produced_nothing, accelerator_s
                from economics.training_attempts
                """
                    .formatted(start.formatted("started_at"), start.formatted("ended_at"))))
        .isEmpty();
    assertThat(spark.sql("select distinct attempts from economics.training_runs").collectAsList())
        .extracting(row -> row.get(0))
        .contains(1, 2, 3, 4, 5, 6);
  }

  /** The tracker has its last checkpoint four hours before the end of 120, and no later attempt. */
  @Test
  void anAttemptThatNobodyResumedIsPrintedAsWasteAndDrawnAsLost() {
    String ofRun =
        " where team_id = 'vision' and run_id = 'detector-2026w38'"
            + " and billing_month = '2026-09-01'";
    Row printed =
        spark
            .sql(
                "select cost_shown, repeated_shown, waste_shown from reporting.statement_runs"
                    + ofRun)
            .first();
    BigDecimal cost = printed.getDecimal(0);
    assertThat(cost).isPositive();
    assertThat(printed.getDecimal(2)).isEqualTo(cost);
    assertThat(printed.getDecimal(1))
        .isCloseTo(
            cost.multiply(new BigDecimal("4"))
                .divide(new BigDecimal("120"), 2, RoundingMode.HALF_UP),
            within(new BigDecimal("0.01")));
    assertThat(
            spark
                .sql(
                    "select stretch_kind, cast(from_ratio as int), cast(until_ratio as int),"
                        + " cast(hours as int) from reporting.statement_attempts"
                        + ofRun)
                .collectAsList())
        .containsExactly(RowFactory.create("lost", 0, 1, 120));
  }

  @Test
  void everyRunHasItsMetricAndWhatItGained() {
    String columns =
        """
        select run_id, cast(attempts as int), status, metric_name, cast(metric_value as decimal(38,18)),
            previous_version, cast(points_gained as decimal(38,9))
        """;
    assertThat(
            differences(
                columns + " from truth_runs",
                columns + " from economics.training_runs where part = 'run'"))
        .isEmpty();
  }

  @Test
  void everyAttemptOnInterruptibleCapacityCostsWhatItsDaysCost() {
    assertThat(
            differences(
                "select run_id, cast(attempt as int)"
                    + sums("billed_cost", "effective_cost", "list_cost", "contracted_cost")
                    + " from truth_run_costs group by all",
                "select run_id, attempt"
                    + sums("billed_cost", "effective_cost", "list_cost", "contracted_cost")
                    + " from economics.use_costs where linked_by = 'resource' and run_id is not"
                    + " null and cost_kind = 'direct' group by all"))
        .isEmpty();
  }

  /** The tracker says spot, and Google charges its standard price, which is the contracted one. */
  @Test
  void capacityWithoutASpotPriceSavesNothingAndLosesWhatWasRepeated() {
    assertThat(
            differences(
                """
                select run_id, count(*), count_if(status = 'preempted'), round(sum(paid), 2), round(sum(contracted), 2),
                    cast(0 as decimal(38,2)), round(sum(paid * lost_s / worked_s), 2), 'no spot price'
                from (
                    select run_id, attempt, status, cast(lost_s as decimal(10)) as lost_s, cast(worked_s as decimal(10)) as worked_s
                    from truth_run_attempts
                )
                join (
                    select run_id, attempt, cast(effective_cost as decimal(18,8)) as paid,
                        cast(contracted_cost as decimal(18,8)) as contracted
                    from truth_run_costs
                ) using (run_id, attempt)
                group by all
                """,
                "select run_id, attempts, interruptions, round(paid, 2), round(on_demand_cost, 2),"
                    + " round(saving_gross, 2), round(cost_repeated, 2), basis from"
                    + " economics.spot_outcomes"))
        .isEmpty();
    List<Row> printed =
        spark
            .sql(
                "select saving_gross_shown, repeated_shown, saving_net_shown, on_demand_shown,"
                    + " paid_shown, basis from reporting.statement_spot where team_id = 'ads' and"
                    + " billing_month = '2026-09-01'")
            .collectAsList();
    assertThat(printed)
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.getDecimal(0)).isEqualByComparingTo("0");
              assertThat(row.getDecimal(2)).isEqualByComparingTo(row.getDecimal(1).negate());
              assertThat(row.getDecimal(3)).isEqualByComparingTo(row.getDecimal(4));
              assertThat(row.getString(5)).isEqualTo("no spot price");
            });
  }

  /** A training job that no record names, and tokens of Azure OpenAI and Bedrock. */
  @Test
  void whatOnlyTheBillNamesIsTrainingAndInference() throws IOException {
    Path exports = Path.of(config.lake().root()).resolveSibling("exports");
    String delivered =
        """
        with aws as (
            select * from read_parquet('%1$s/aws/**/BILLING_PERIOD=2026-09/*.parquet', hive_partitioning = false)
        ),
        costs as (
            select 'training' as use, cast(line_item_net_unblended_cost as decimal(30, 15)) as cost from aws
            where line_item_resource_id like '%%:training-job/%%'
            union all
            select 'inference', cast(line_item_net_unblended_cost as decimal(30, 15)) from aws
            where line_item_product_code = 'AmazonBedrock'
            union all
            select 'inference', cast(costInBillingCurrency as decimal(30, 15))
            from read_csv('%1$s/azure/aldermoor-amortized/20260901-20260930/*/*.csv.gz', all_varchar = true)
            where meterName like '%% tokens'
        )
        select concat_ws(' | ', use, cast(sum(cost) as decimal(30, 6))) from costs group by use order by use\
        """
            .formatted(exports);
    List<String> found =
        spark
            .sql(
                "select concat_ws(' | ', use_kind, cast(sum(effective_cost) as decimal(30, 6)))"
                    + " from economics.use_costs where billing_month = '2026-09-01' and run_id is"
                    + " null and cost_kind = 'direct' and (linked_by = 'service' or use_kind ="
                    + " 'training') group by use_kind order by use_kind")
            .as(Encoders.STRING())
            .collectAsList();
    assertThat(found)
        .isEqualTo(Duck.rows(delivered))
        .containsExactly("inference | 19633.264973", "training | 2599.194000");
  }

  @Test
  void theModelThatIsServedMoreThanTrainedIsFoundInItsMonth() {
    assertThat(
            differences(
                "select billing_month"
                    + sums("train_cost", "serve_cost")
                    + " from truth_model_life group by all",
                "select date_format(billing_month, 'yyyy-MM')"
                    + sums(
                        "if(use_kind = 'training', effective_cost, 0)",
                        "if(use_kind = 'inference', effective_cost, 0)")
                    + " from economics.use_costs where model_id = 'attribution-v2' and cost_kind ="
                    + " 'direct' group by all"))
        .isEmpty();
    assertThat(
            differences(
                "select distinct model_id, overtaken_month from truth_model_life",
                "select distinct model_id, date_format(overtaken_month, 'yyyy-MM') from"
                    + " economics.model_life where overtaken_month is not null"))
        .isEmpty();
  }

  @Test
  void everyTenantHasItsTrafficAndWhatAVendorWouldAskForIt() {
    String figures =
        sums(
            "requests",
            "failed_requests",
            "input_tokens",
            "cached_input_tokens",
            "output_tokens",
            "latency_s",
            "prefill_s",
            "decode_s");
    assertThat(
            differences(
                "select usage_month, endpoint_id, model_id, tenant_id"
                    + figures
                    + " from truth_traffic group by all",
                "select date_format(usage_date, 'yyyy-MM'), endpoint_id, model_id, tenant_id"
                    + figures
                    + " from telemetry.inference_hours group by all"))
        .isEmpty();
    assertThat(
            differences(
                "select usage_month, endpoint_id, tenant_id, cast(api_cost_usd as decimal(38,21))"
                    + " from truth_traffic where api_cost_usd is not null",
                "select date_format(usage_month, 'yyyy-MM'), endpoint_id, tenant_id, api_cost_usd"
                    + " from economics.token_costs where api_cost_usd is not null"))
        .isEmpty();
  }

  @Test
  void everyEndpointHasItsTrafficOrSaysThatItHasNone() {
    assertThat(
            spark
                .sql(
                    "select concat_ws(' ', endpoint_id, model_id, status, split_by) from"
                        + " economics.endpoint_costs where usage_month = '2026-09-01'")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "dialogue-api assistant-xl measured measured_seconds",
            "ranker-api ranker-v7 measured requests",
            "ctr-api ctr-v5 no_traffic",
            "detector-api detector-v3 no_traffic",
            "a8dd51c4dee8 attribution-v2 no_traffic",
            "asr-5a04692a647c67 no_traffic",
            "dialogue-ba3db3f17463 no_traffic",
            "dae3c6c0f4cc81 no_traffic",
            "beta-api assistant-xl no_cost token_weights");
  }

  /** The busiest hour of September has 604,600 tokens, and the endpoint was up for 682 hours. */
  @Test
  void theEndpointAnswersALittleLessThanTwoThirdsOfWhatItCouldAndCannotBeCheaperThanItsPeer() {
    Row endpoint =
        spark
            .sql(
                "select tokens, up_s, utilisation, cost, usage_cost, accelerator_active_ratio from"
                    + " economics.endpoint_costs where endpoint_id = 'dialogue-api' and usage_month"
                    + " = '2026-09-01'")
            .first();
    Row charged =
        spark
            .sql(
                "select sum(EffectiveCost), sum(x_WorkloadIdleCost) from"
                    + " allocation.allocated_charges where x_WorkloadId like"
                    + " 'assistant-serve/dialogue-api-%' and x_CostKind = 'direct' and"
                    + " x_BillingMonth = '2026-09-01'")
            .first();
    BigDecimal asked =
        spark
            .sql(
                "select cast(sum(cast(api_cost_usd as decimal(30,12))) as decimal(38,12)) from"
                    + " truth_traffic where endpoint_id = 'dialogue-api' and usage_month ="
                    + " '2026-09'")
            .first()
            .getDecimal(0);
    BigDecimal could = new BigDecimal("604600").multiply(new BigDecimal("682"));
    assertThat(endpoint.getDecimal(1)).isEqualByComparingTo("2455200");
    assertThat(endpoint.getDecimal(2))
        .isEqualByComparingTo(endpoint.getDecimal(0).divide(could, 9, RoundingMode.HALF_UP));
    assertThat(endpoint.getDecimal(2).setScale(2, RoundingMode.HALF_UP)).isEqualTo("0.63");
    assertThat(endpoint.getDecimal(4))
        .as("what its accelerators did")
        .isEqualByComparingTo(charged.getDecimal(0).subtract(charged.getDecimal(1)));
    assertThat(
            spark
                .sql(
                    "select api_cost_usd, break_even_tokens, break_even_utilisation, later_hours"
                        + " from economics.vendor_comparison where endpoint_id = 'dialogue-api' and"
                        + " usage_month = '2026-09-01' and vendor_model = 'nova-pro'")
                .collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              BigDecimal even =
                  endpoint
                      .getDecimal(0)
                      .multiply(endpoint.getDecimal(3))
                      .divide(asked, 9, RoundingMode.HALF_UP);
              assertThat(row.getDecimal(0)).isEqualByComparingTo(asked);
              assertThat(row.getDecimal(1).setScale(9, RoundingMode.HALF_UP))
                  .isEqualByComparingTo(even);
              assertThat(row.getDecimal(2))
                  .isEqualByComparingTo(even.divide(could, 9, RoundingMode.HALF_UP))
                  .isGreaterThan(BigDecimal.ONE);
              assertThat(row.getLong(3)).isZero();
            });
  }

  @Test
  void endpointsAreComparedWithTheCheapestModelThatTheCompanyBuys() {
    assertThat(
            spark
                .sql(
                    "select concat_ws(' ', vendor, vendor_model) from economics.bought_models where"
                        + " usage_month = '2026-09-01'")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("amazon nova-pro", "openai gpt-4.1");
    assertThat(
            spark
                .sql(
                    "select distinct concat_ws(' ', endpoint_id, capacity_by, output_weight_by,"
                        + " cached_weight_by, api_model, api_model_by) from"
                        + " reporting.statement_endpoints where billing_month = '2026-09-01' and"
                        + " requests is not null")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "dialogue-api busiest_hour measured_seconds vendor_prices nova-pro cheapest_bought",
            "beta-api busiest_hour vendor_prices vendor_prices nova-pro cheapest_bought",
            "ranker-api");
  }

  /** What {@code compare} prints of each model that an endpoint has. */
  @Test
  void everyModelCanBeComparedAndWhatIsUnknownIsNamed() {
    List<PricedModel> vendors =
        Stream.of("gpt-4o", "claude-sonnet").map(TokenPrices.of(config)::model).toList();
    Map<String, List<String>> remarks = new TreeMap<>();
    for (Row row :
        spark
            .sql("select distinct model_id from economics.served_models where model_id is not null")
            .collectAsList()) {
      SelfHosted own =
          SelfHosted.of(
              spark.table("economics.served_models"),
              spark.table("economics.vendor_comparison"),
              row.getString(0),
              Optional.of(BillingPeriod.parse("2026-09")));
      assertThat(own.against(vendors)).hasSize(3);
      assertThat(own.against(vendors).get(0).usd()).as(row.getString(0)).isNotNull();
      remarks.put(row.getString(0), own.remarks());
    }
    assertThat(remarks)
        .containsEntry(
            "assistant-xl", List.of("beta-api: no cost is known of its 30 requests; left out."))
        .containsEntry(
            "ranker-v7",
            List.of(
                "ranker-api: 19440000 requests without a count of tokens, USD "
                    + costOf("ranker-api")
                    + "."))
        .containsEntry(
            "ctr-v5", List.of("ctr-api: no traffic was measured, USD " + costOf("ctr-api") + "."))
        .containsEntry(
            "detector-v3",
            List.of("detector-api: no traffic was measured, USD " + costOf("detector-api") + "."))
        .containsKey("attribution-v2");
  }

  private static String costOf(String endpoint) {
    return spark
        .table("economics.use_costs")
        .where(col("endpoint_id").equalTo(endpoint).and(col("usage_date").geq("2026-09-01")))
        .agg(expr("round(sum(effective_cost), 2)"))
        .first()
        .getDecimal(0)
        .toPlainString();
  }

  /**
   * @param again relation of the scripts with the figures that DuckDB computes
   * @param scripts files below tests/fixtures/duckdb, in the order in which they run
   * @param tables tables that the scripts read. In DuckDB a table has its name without the schema;
   *     {@code table:alias} gives it another name
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "use_costs_again, splits use_costs, economics.use_costs allocation.allocated_charges"
        + " telemetry.run_attempts telemetry.run_hours telemetry.workload_hours",
    "training_runs, training_runs, economics.training_runs:ours economics.use_costs"
        + " telemetry.run_attempts",
    "experiments_again, training_runs experiments, economics.training_runs:ours"
        + " economics.use_costs telemetry.run_attempts reporting.statement_experiments",
    "spot_again, spot, economics.use_costs focus.cost_and_usage",
    "token_costs, token_costs, economics.token_costs:ours economics.use_costs"
        + " telemetry.inference_hours",
    "rates_again, endpoint_rates, economics.endpoint_costs:ours telemetry.inference_hours"
        + " telemetry.workload_hours",
    "again, accelerators, reporting.statement_accelerators reporting.statement_idle_costs"
        + " allocation.allocated_charges",
    "team_uses_again, team_uses, reporting.statement_team_uses:team_uses economics.use_costs",
    "commitments_again, commitments, reporting.statement_commitments economics.savings_rates"
        + " focus.cost_and_usage allocation.allocated_charges",
    "actions_again, actions, reporting.statement_actions allocation.allocated_charges"
        + " allocation.idle_hours allocation.workload_owners economics.use_costs"
        + " economics.training_attempts economics.token_costs telemetry.run_hours",
    "returns_again, returns, reporting.statement_value economics.use_costs telemetry.model_benefits"
        + " telemetry.node_hours focus.cost_and_usage",
    "budgets_again, budgets, governance.budget_status allocation.allocated_charges",
    "tags_again, tags, governance.tag_coverage allocation.allocated_charges"
  })
  void anotherEngineFindsTheSameFiguresToTheLastDigit(String again, String scripts, String tables)
      throws IOException {
    StringBuilder script = new StringBuilder(KNOWN_METRICS);
    for (String table : tables.split(" ", -1)) {
      String[] names = table.split(":", -1);
      String name = names[names.length - 1].replaceFirst("^.*\\.", "");
      script.append(Duck.table(written(names[0]), name));
    }
    for (String file : scripts.split(" ", -1)) {
      script.append(Files.readString(Path.of("tests/fixtures/duckdb", file + ".sql")));
    }
    assertThat(Duck.differences(script.toString(), "compared", again)).isEmpty();
  }

  /** Writes a table for DuckDB, once for all tests, and returns its folder. */
  private static Path written(String table) {
    Path tables = folder.resolve("duckdb");
    if (!Files.exists(tables.resolve(table))) {
      Duck.table(spark.table(table).drop("labels", "names"), tables, table);
    }
    return tables.resolve(table);
  }

  @Test
  void parentsCostWhatTheirChildrenInTheFilesOfTheTrackerCost(@TempDir Path opinion)
      throws IOException {
    assertThat(spark.table("economics.parent_runs").where("cost_of_children > 0").count())
        .isPositive();
    Path tracked = Path.of(config.lake().root()).resolveSibling("trackers/runs.csv");
    assertThat(
            ParentRunsAgain.differences(
                spark,
                "select distinct run_id, parent_run_id from %s where parent_run_id is not null"
                    .formatted(Duck.csv(tracked)),
                opinion))
        .isEmpty();
  }

  /** Runs, endpoints, storage, idle and shared, of all teams. */
  @Test
  void theCostOfAModelIsOneFigureInEveryTable() {
    List<Row> figures =
        spark
            .sql(
                """
                select month, model_id, collect_set(cost), collect_set(source) from (
                    select billing_month as month, model_id, cost, 'life' as source from economics.model_life
                    union all
                    select usage_month, model_id, cost, 'roi' from economics.model_roi
                    union all
                    select month, subject_id, cost, 'returns' from economics.model_returns where subject_kind = 'model'
                    union all
                    select billing_month, model_id, effective_cost, concat('value ', receiver_kind) from reporting.statement_value
                )
                where model_id is not null
                group by all\
                """)
            .collectAsList();
    assertThat(figures).hasSizeGreaterThan(8);
    assertThat(figures)
        .allSatisfy(
            row -> {
              assertThat(row.getList(2)).as(row.toString()).hasSize(1);
              assertThat(row.getList(3)).as(row.toString()).hasSize(6);
            });
    assertThat(
            differences(
                "select billing_month, model_id, cast(round(cost, 2) as decimal(38, 2)) from"
                    + " economics.model_life where model_id is not null",
                "select billing_month, model_id, cost_shown from reporting.statement_model_life"
                    + " where receiver_kind = 'company'"))
        .isEmpty();
    List<Row> toDate =
        spark
            .sql(
                "select v.cost_to_date_shown, l.cost_to_date_shown, l.training_to_date_shown +"
                    + " l.inference_to_date_shown + l.other_to_date_shown from"
                    + " reporting.statement_value as v join reporting.statement_model_life as l"
                    + " using (billing_month, receiver_id, billing_currency, model_id) where"
                    + " v.receiver_kind = 'company' and v.cost_to_date_shown is not null")
            .collectAsList();
    assertThat(toDate)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.getDecimal(1)).isEqualByComparingTo(row.getDecimal(0));
              assertThat(row.getDecimal(2)).isEqualByComparingTo(row.getDecimal(0));
            });
    for (Row life :
        spark
            .sql(
                "select model_id, sum(cost) from economics.model_life where model_id is not null"
                    + " group by all")
            .collectAsList()) {
      assertThat(Explain.tree(spark, life.getString(0), Subject.MODEL, Depth.SUMMARY).money())
          .as(life.getString(0))
          .isEqualByComparingTo(life.getDecimal(1));
    }
  }

  /** The figures of actions are those of {@code tests/fixtures/duckdb/actions.sql}. */
  @Test
  void everyActionIsExplainedByPartsThatSumToWhatItSaves() {
    List<Row> lines =
        spark
            .sql(
                "select line_id, saved, receiver_id from reporting.statement_actions"
                    + " where billing_month = '2026-09-01'")
            .collectAsList();
    assertThat(lines)
        .extracting(line -> line.getString(2))
        .contains("company.all", "centre.4420", "vision", "ads", "search", "platform");
    for (Row line : lines) {
      ExplanationStep tree = explained().get(line.getString(2)).get(line.getString(0));
      assertThat(tree.money()).as(line.getString(0)).isEqualByComparingTo(line.getDecimal(1));
      assertThat(tree.parts()).as(tree.text()).isNotEmpty();
      assertThat(tree.addsUp()).as(tree.text()).isTrue();
    }
    assertThat(Explain.tree(spark, "2026-09/ads/USD/do-01").money())
        .isEqualByComparingTo(
            printed("statement_actions", "saved", "ads").get("2026-09/ads/USD/do-01"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyNumberInASentenceIsInARowOfItsStatement(String language) {
    assertThat(PrintedSentences.faults(spark, SEPTEMBER, Locale.forLanguageTag(language)))
        .isEmpty();
  }

  /** The printed quantities and prices of each row explain the change that stands beside them. */
  @Test
  void quantitiesAndPricesExplainTheChangeOfARow() {
    List<Row> rows =
        spark
            .sql(
                "select line_id, quantity, unit_price, quantity_before, unit_price_before,"
                    + " change_cost from reporting.statement_changes where basis = 'usage' and"
                    + " breakdown = 'item' and billing_month = '2026-09-01'")
            .collectAsList();
    assertThat(rows).hasSizeGreaterThan(30);
    for (Row row : rows) {
      assertThat(product(row, 1).subtract(product(row, 3)))
          .as(row.getString(0))
          .isCloseTo(row.getDecimal(5), within(new BigDecimal("0.000001")));
    }
    assertThat(
            spark
                .sql(
                    "select cast(change_cost as decimal(38,4)) from reporting.statement_changes"
                        + " where receiver_id = 'company.all' and name = 'BoxUsage:p5.48xlarge' and"
                        + " billing_month = '2026-09-01'")
                .head()
                .getDecimal(0))
        .isEqualByComparingTo("-1862.5536");
  }

  private static BigDecimal product(Row row, int column) {
    BigDecimal price = row.getDecimal(column + 1);
    return price == null ? BigDecimal.ZERO : row.getDecimal(column).multiply(price);
  }

  @Test
  void everyEventAndEveryChangeIsExplainedDownToDeliveredRows() {
    Map<String, BigDecimal> lines = new HashMap<>();
    for (String receiver : List.of("vision", "company.all")) {
      lines.putAll(printed("events", "change", receiver));
      lines.putAll(printed("statement_changes", "change_cost", receiver));
    }
    assertThat(lines).hasSizeGreaterThan(40);
    Map<String, ExplanationStep> trees = explained("vision", "company.all");
    lines.forEach(
        (id, change) -> {
          ExplanationStep tree = trees.get(id);
          assertThat(tree.money()).as(id).isEqualByComparingTo(change);
          assertThat(tree.addsUp()).as(tree.text()).isTrue();
          if (tree.label().contains(": overlap ")) {
            assertThat(tree.text()).contains("another event of the statement has too");
          } else if (tree.label().contains(": hand over ") && change.signum() < 0) {
            assertThat(tree.text())
                .contains("the charges are in the statement of that team")
                .doesNotContain("as delivered: ");
          } else {
            assertThat(tree.text()).contains("as delivered: ");
          }
        });
    String refund =
        spark
            .sql(
                "select line_id from reporting.events where receiver_id = 'vision'"
                    + " and event = 'refund' and billing_month = '2026-09-01'")
            .head()
            .getString(0);
    assertThat(Explain.tree(spark, refund)).isEqualTo(trees.get(refund));
  }

  @Test
  void daysOfEveryStatementAreThoseOfItsCharges() {
    assertThat(
            differences(
                "select x_TeamId, x_AllocationDate"
                    + sums("EffectiveCost")
                    + " from allocation.allocated_charges group by all"
                    + " having sum(EffectiveCost) <> 0",
                "select team_id, usage_date"
                    + sums("effective_cost")
                    + " from reporting.statement_days where team_id is not null group by all"))
        .isEmpty();
  }

  @Test
  void statementsOfAllTeamsSumToTheInvoicesToTheLastDigit() {
    assertThat(
            differences(
                "select billing_month"
                    + sums("billed_cost", "effective_cost")
                    + " from truth_totals group by all",
                "select date_format(billing_month, 'yyyy-MM')"
                    + sums("billed_cost", "total_cost")
                    + " from reporting.statements where receiver_kind = 'team' group by all"))
        .isEmpty();
  }

  /** What counts of the upfront fee of a reservation in the month, AWS states beside its fee. */
  @Test
  void theDeliveredInvoicesLeadToTheTotalOfTheCompany() throws IOException {
    Path exports = Path.of(config.lake().root()).resolveSibling("exports");
    String script =
        "set variable exports = '%s';\n".formatted(exports)
            + Files.readString(Path.of("tests/fixtures/duckdb/invoices.sql"));
    List<String> lines =
        spark
            .sql(
                "select concat_ws(' | ', breakdown, invoice_issuer, invoice_id, cast(cost as"
                    + " decimal(30, 6))) as line from reporting.statement_invoices where"
                    + " receiver_kind = 'company' and billing_month = '2026-09-01' order by line")
            .as(Encoders.STRING())
            .collectAsList();
    assertThat(lines)
        .isEqualTo(
            Duck.rows(
                script,
                "select concat_ws(' | ', kind, issuer, invoice, cost) as line from invoices_again"
                    + " order by line"))
        .hasSize(5)
        .contains("commitment | 6120.000000");
  }

  @Test
  void invoicesSumToTheBilledCostAndWithTheStepsToTheTotalPrinted() {
    assertThat(
            differences(
                "select billing_month, receiver_id, billing_currency, billed_shown, total_shown from"
                    + " reporting.statements",
                "select billing_month, receiver_id, billing_currency, cast(sum(if(is_billed,"
                    + " cost_shown, 0)) as decimal(38,2)), cast(sum(cost_shown) as decimal(38,2))"
                    + " from reporting.statement_invoices group by all"))
        .isEmpty();
  }

  @Test
  void linesOfEachBreakdownSumToTheTotalPrinted() {
    assertThat(
            spark
                .sql(
                    "select l.breakdown, s.receiver_id, s.total_shown, sum(l.cost_shown) as lines"
                        + " from reporting.statements s join reporting.statement_lines l"
                        + " using (billing_month, receiver_id, billing_currency) group by all"
                        + " having sum(l.cost_shown) <> s.total_shown")
                .collectAsList())
        .isEmpty();
  }

  @Test
  void everyLineOfAChangeIsExplainedByItsParts() {
    List<Row> lines =
        spark
            .sql(
                "select line_id, change_cost from reporting.statement_changes"
                    + " where billing_month = '2026-09-01' and team_id = 'search' and members = 1")
            .collectAsList();
    assertThat(lines).hasSizeGreaterThan(8);
    Map<String, ExplanationStep> trees = explained("search");
    for (Row line : lines) {
      ExplanationStep tree = trees.get(line.getString(0));
      assertThat(tree.money()).isEqualByComparingTo(line.getDecimal(1));
      assertThat(tree.parts()).as(tree.text()).isNotEmpty();
      assertThat(tree.addsUp()).as(tree.text()).isTrue();
    }
  }

  @Test
  void everyLineOfTheCompanyAndACostCentreIsExplainedByItsTeams() {
    List<Row> lines =
        spark
            .sql(
                "select line_id, effective_cost as money, breakdown from reporting.statement_lines"
                    + " where billing_month = '2026-09-01' and receiver_id in ('company.all',"
                    + " 'centre.4410') union all select line_id, effective_cost, 'use' from"
                    + " reporting.statement_team_uses where billing_month = '2026-09-01' and"
                    + " receiver_id in ('company.all', 'centre.4410') and"
                    + " effective_cost <> 0 union all select line_id, change_cost, 'change' from"
                    + " reporting.statement_changes where billing_month = '2026-09-01' and"
                    + " receiver_id = 'company.all' and members = 1")
            .collectAsList();
    assertThat(lines)
        .extracting(line -> line.getString(2))
        .contains(
            "bridge",
            "project",
            "provider",
            "service",
            "environment",
            "team",
            "owner",
            "use",
            "change");
    Map<String, ExplanationStep> trees = explained("company.all", "centre.4410");
    for (Row line : lines) {
      ExplanationStep tree = trees.get(line.getString(0));
      assertThat(tree.money()).as(tree.text()).isEqualByComparingTo(line.getDecimal(1));
      assertThat(tree.parts()).as(tree.text()).isNotEmpty();
      assertThat(tree.addsUp()).as(tree.text()).isTrue();
    }
    assertThat(Explain.tree(spark, "2026-09/company.all/USD/p-01"))
        .isEqualTo(trees.get("2026-09/company.all/USD/p-01"));
  }

  /** By the conditions that the pages declare, of every receiver and month. */
  @Test
  void everyLineIsTheSumOfTheRowsThatExplainIt() {
    assertThat(LineAudit.differences(spark, lit(true))).isEmpty();
  }

  /** Every id that a page prints, of every team, project, cost centre and of the company. */
  @Test
  void everyPrintedLineIsExplainedWithTheFigureThatIsPrinted() {
    Map<String, String> figures = figuresOfLines();
    assertThat(figures).hasSizeGreaterThan(15);
    figures.forEach(
        (table, columns) -> {
          List<Row> lines =
              spark
                  .sql(
                      "select line_id, receiver_id, %s from %s where billing_month = '2026-09-01'"
                          .formatted(columns, table))
                  .collectAsList();
          assertThat(lines).as(table).isNotEmpty();
          lines.forEach(SampleCompanyTest::isExplained);
        });
  }

  /** Returns the printed and the unrounded figure of the lines of each table. */
  private static Map<String, String> figuresOfLines() {
    Map<String, String> figures = new HashMap<>();
    StatementPages.embedded()
        .tables()
        .values()
        .forEach(
            table -> {
              LineExplanation explain = table.explain();
              if (explain != null) {
                figures.put(table.relation(), explain.shown() + ", " + explain.cost());
              }
            });
    return figures;
  }

  private static void isExplained(Row line) {
    String id = line.getString(0);
    ExplanationStep tree = explained().get(line.getString(1)).get(id);
    assertThat(tree).as(id).isNotNull();
    BigDecimal shown = line.getDecimal(2);
    if (shown != null) {
      assertThat(tree.cents()).as(id).isEqualByComparingTo(shown);
      assertThat(tree.text()).contains("  USD " + FIGURES.money(shown) + "\n");
    }
    BigDecimal exact = line.getDecimal(3);
    if (exact != null) {
      assertThat(tree.money()).as(id).isEqualByComparingTo(exact);
    }
    assertThat(tree.addsUp()).as(tree.text()).isTrue();
    assertThat(tree.parts())
        .as(tree.text())
        .noneMatch(part -> part.label().startsWith("corrections: later changes"));
  }

  @Test
  void everyStatementAndEverythingThatUsedMoneyIsExplained() {
    Map<String, String> costs = new LinkedHashMap<>();
    costs.put(
        "2026-09/vision/USD",
        "select total_cost from reporting.statements where receiver_id = 'vision'"
            + " and billing_month = '2026-09-01'");
    costs.put(
        "detector-weekly",
        "select sum(cost) from economics.training_runs where experiment_id = 'detector-weekly'");
    costs.put(
        "dialogue-api",
        "select sum(effective_cost) from economics.use_costs where endpoint_id = 'dialogue-api'"
            + " and use_kind = 'inference'");
    costs.put(
        "detector-v3",
        "select sum(effective_cost) from economics.use_costs where model_id = 'detector-v3'");
    costs.forEach(
        (id, cost) -> {
          ExplanationStep tree = Explain.tree(spark, id);
          assertThat(tree.money())
              .as(id)
              .isEqualByComparingTo(spark.sql(cost).head().getDecimal(0));
          assertThat(tree.addsUp()).as(tree.text()).isTrue();
          assertThat(tree.text().lines().count()).as(tree.text()).isBetween(4L, 100L);
        });
  }

  /**
   * A line has one figure: on the web, on paper if it is printed there, in the workbook and in its
   * explanation. The line of the life of a model is printed in parts only.
   */
  @Test
  void aLineIsPrintedWithOneFigureEverywhere() throws IOException {
    StatementDocument vision = documents(Locale.US).get("vision");
    PrintedFiles files = PrintedFiles.of(vision.write(folder.resolve("printed")));
    Map<String, ExplanationStep> explained = explained("vision");
    files.web().keySet().removeIf(id -> id.contains("/l-"));
    assertThat(files.web()).hasSizeGreaterThan(60);
    files
        .web()
        .forEach(
            (id, row) -> {
              String figure = FIGURES.money(explained.get(id).cents());
              assertThat(row).as(id).contains(figure);
              if (files.onPaper(id)) {
                assertThat(files.paper()).as(id).contains(figure);
              }
              assertThat(files.workbook().get(id).replace('-', '−')).as(id).contains(figure);
            });
    assertThat(files.web().keySet().stream().filter(files::onPaper)).hasSizeGreaterThan(40);
    List<Row> moved =
        spark
            .sql(
                "select receiver_id, line_id, cost_shown from reporting.statement_lines where"
                    + " billing_month = '2026-09-01' and cost_shown <> round(effective_cost, 2)")
            .collectAsList();
    assertThat(moved).as("lines rounded so that they sum to their total").isNotEmpty();
    for (Row line : moved) {
      assertThat(explained(line.getString(0)).get(line.getString(1)).cents())
          .as(line.getString(1))
          .isEqualByComparingTo(line.getDecimal(2));
    }
  }

  /** The figures are read from the PDF alone. */
  @ParameterizedTest
  @ValueSource(strings = {"company.all", "vision", "search"})
  void theTotalAndTheLinesOnPaperAreThoseOfTheStoredTables(String receiver) throws IOException {
    BigDecimal total = stored("statements", "'total', total_shown", receiver).get("total");
    Map<String, BigDecimal> lines = stored("statement_lines", LINES, receiver);
    lines.keySet().removeIf(id -> !id.matches(".*/[bpt]-.*"));
    lines.putAll(stored("statement_uses", LINES, receiver));
    lines.putAll(stored("statement_invoices", LINES, receiver));
    for (Locale locale : List.of(Locale.US, Locale.GERMANY)) {
      PrintedPaper paper = PrintedPaper.of(documents(locale).get(receiver).pdf(), locale);
      assertThat(paper.totals()).startsWith("USD " + total);
      Map<String, BigDecimal> printed = new TreeMap<>();
      paper.lines().stream()
          .filter(line -> line.ref().matches("(b|p|t|f|in)-.*"))
          .forEach(
              line ->
                  printed.putIfAbsent("2026-09/" + receiver + "/USD/" + line.ref(), line.money()));
      assertThat(printed).isEqualTo(new TreeMap<>(lines));
      for (String letter : List.of("b", "p", "f", "in")) {
        assertThat(sum(printed, "/" + letter + "-")).as(letter).isEqualByComparingTo(total);
      }
    }
  }

  private static BigDecimal sum(Map<String, BigDecimal> lines, String part) {
    return lines.entrySet().stream()
        .filter(line -> line.getKey().contains(part))
        .map(Map.Entry::getValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, BigDecimal> stored(String table, String columns, String receiver) {
    Map<String, BigDecimal> rows = new HashMap<>();
    spark
        .sql(
            "select %s from reporting.%s where billing_month = '2026-09-01' and receiver_id = '%s'"
                .formatted(columns, table, receiver))
        .collectAsList()
        .forEach(row -> rows.put(row.getString(0), row.getDecimal(1)));
    return rows;
  }

  /** The runs and the experiments of a page, and its endpoints and tenants, are the same money. */
  @Test
  void tablesOfOnePageRoundAlike() {
    String sums =
        "select billing_month, receiver_id, sum(cost_shown) as cost, sum(waste_shown) as waste from"
            + " reporting.";
    assertThat(
            differences(
                sums + "statement_runs where part = 'run' group by all",
                sums + "statement_experiments group by all"))
        .isEmpty();
    assertThat(
            differences(
                "select receiver_id, cost_shown from reporting.statement_endpoints"
                    + " where endpoint_id = 'dialogue-api' and billing_month = '2026-09-01'",
                "select receiver_id, sum(cost_shown) from reporting.statement_tenants"
                    + " where tenant_id is not null and billing_month = '2026-09-01' group by all"))
        .isEmpty();
  }

  @Test
  void noStatementPrintsAnIdentifierForAWord() {
    for (Locale locale : List.of(Locale.US, Locale.GERMANY)) {
      Map<String, StatementDocument> documents = documents(locale);
      assertThat(documents)
          .containsKeys("search", "project.detector", "centre.4410", "company.all");
      documents.forEach(
          (receiver, document) ->
              assertThat(IDENTIFIER.matcher(PrintedFiles.words(web(document))).results())
                  .extracting(MatchResult::group)
                  .as(receiver + " in " + locale)
                  .isEmpty());
    }
  }

  private static String web(StatementDocument document) {
    return document.site(new SiteParts("", "", null, null));
  }

  /** Returns the statements of September by receiver, read once for all tests. */
  private static Map<String, StatementDocument> documents(Locale locale) {
    return DOCUMENTS.computeIfAbsent(locale, SampleCompanyTest::read);
  }

  private static Map<String, StatementDocument> read(Locale locale) {
    Statements statements = new Statements(locale);
    StatementStatus status = StatementStatus.preliminary(1);
    Function<String, Dataset<Row>> tables = name -> spark.table("reporting." + name);
    return Stream.concat(
            statements.of(tables, SEPTEMBER, Optional.empty(), team -> status).stream(),
            statements.groups(tables, SEPTEMBER, status).stream())
        .collect(Collectors.toMap(StatementDocument::receiverId, document -> document));
  }

  @Test
  void everyPrintedLineIsExplainedDownToDeliveredRows() {
    Map<String, ExplanationStep> trees = explained("search");
    assertThat(trees)
        .containsKeys(printed("statement_lines", "effective_cost").keySet().toArray(String[]::new));
    printed("statement_lines", "effective_cost")
        .forEach((id, cost) -> assertThat(trees.get(id).money()).as(id).isEqualByComparingTo(cost));
    Map<String, BigDecimal> rounded = new HashMap<>();
    rounded.putAll(printed("statement_value", "cost_shown"));
    assertThat(rounded).isNotEmpty();
    Map<String, BigDecimal> exact = printed("statement_workloads", "idle_cost");
    assertThat(exact).isNotEmpty();
    exact.putAll(printed("statement_pools", "effective_cost"));
    exact.putAll(printed("statement_accelerators", "effective_cost"));
    exact.putAll(printed("statement_idle_costs", "effective_cost"));
    exact.forEach(
        (id, cost) -> assertThat(trees.get(id).money()).as(id).isEqualByComparingTo(cost));
    rounded.forEach(
        (id, cost) ->
            assertThat(trees.get(id).money().setScale(2, RoundingMode.HALF_UP))
                .as(id)
                .isEqualByComparingTo(cost));
    assertThat(trees.values())
        .allSatisfy(tree -> assertThat(tree.addsUp()).as(tree.text()).isTrue());
    assertThat(trees.get("2026-09/search/USD/b-02").text()).contains("as delivered: ");
    assertThat(Explain.tree(spark, "2026-09/search/USD/b-02"))
        .isEqualTo(trees.get("2026-09/search/USD/b-02"));
  }

  @Test
  void linesOfManyStatementsAreExplainedAsThoseOfEachAlone() {
    Map<String, Map<String, ExplanationStep>> many = explained();
    assertThat(many).containsKeys("search", "centre.4410", "ads", "company.all");
    for (String one : List.of("search", "centre.4410")) {
      Column alone = IN_SEPTEMBER.and(col("receiver_id").equalTo(one));
      assertThat(List.copyOf(many.get(one).entrySet()))
          .isEqualTo(List.copyOf(Explain.lines(spark, alone).get(one).entrySet()));
    }
  }

  /** Explains all lines of September, once for all tests. */
  private static Map<String, Map<String, ExplanationStep>> explained() {
    if (explained.isEmpty()) {
      explained = Explain.lines(spark, IN_SEPTEMBER);
    }
    return explained;
  }

  private static Map<String, ExplanationStep> explained(String... receivers) {
    Map<String, ExplanationStep> lines = new LinkedHashMap<>();
    for (String receiver : receivers) {
      lines.putAll(explained().get(receiver));
    }
    return lines;
  }

  private static Map<String, BigDecimal> printed(String table, String cost) {
    return printed(table, cost, "search");
  }

  private static Map<String, BigDecimal> printed(String table, String cost, String receiver) {
    return stored(table, "line_id, " + cost, receiver);
  }
}
