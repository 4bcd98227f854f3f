package costlake.explain;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.Graph;
import costlake.model.Models;
import costlake.report.StatementPages;
import costlake.testing.CatalogViews;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the files of the pages say about explanations. */
class PrintedLinesTest {
  private final SparkSession spark = SparkHarness.spark();
  private final CatalogViews views = new CatalogViews(spark);

  @BeforeEach
  void createStatements() {
    views.create(
        "reporting.statements",
        "select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as team_id,"
            + " '10' as cost_centre");
  }

  @AfterEach
  void dropViews() {
    views.close();
  }

  @Test
  void readsTheTablesOfThePagesAndOfTheirQueries() {
    Graph graph = Models.below(Path.of(".")).compile();
    assertThat(
            graph.order().stream()
                .map(model -> model.name().toString())
                .filter(Explain.reads())
                .toList())
        .containsExactlyInAnyOrder(
            "allocation.allocated_charges",
            "allocation.idle_hours",
            "economics.accelerator_parts",
            "economics.change_charges",
            "economics.commitment_charges",
            "economics.event_charges",
            "economics.invoice_charges",
            "economics.ledger",
            "economics.receiver_action_parts",
            "economics.receiver_cost_changes",
            "economics.receiver_family_costs",
            "economics.receiver_life_months",
            "economics.receiver_model_months",
            "economics.receiver_run_costs",
            "economics.receiver_inference",
            "economics.statement_costs",
            "focus.cost_and_usage",
            "reporting.events",
            "reporting.statement_accelerators",
            "reporting.statement_actions",
            "reporting.statement_changes",
            "reporting.statement_commitments",
            "reporting.statement_experiments",
            "reporting.statement_idle_costs",
            "reporting.statement_endpoints",
            "reporting.statement_invoices",
            "reporting.statement_lines",
            "reporting.statement_model_life",
            "reporting.statement_parent_runs",
            "reporting.statement_pools",
            "reporting.statement_runs",
            "reporting.statement_spot",
            "reporting.statement_team_uses",
            "reporting.statement_tenants",
            "reporting.statement_uses",
            "reporting.statement_value",
            "reporting.statement_workloads",
            "reporting.statements");
  }

  /** The page of the guide: a team with statements in two currencies. */
  @Test
  void aFurtherPageIsExplainedByTheChargesOfItsStatement() {
    views.create(
        "reporting.statement_budgets",
        budget("USD", "Training") + " union all " + budget("EUR", "Research"));
    views.create(
        "allocation.allocated_charges", charge("USD", "1.5") + " union all " + charge("EUR", "2"));
    PrintedLines lines = new PrintedLines(pages(madeUp()));
    assertThat(
            texts(
                lines.explainedBySums(spark).selectExpr("concat_ws(' ', line_id, subject, label)")))
        .containsExactlyInAnyOrder(
            "2026-09/search/USD/g-01 Training budget Training",
            "2026-09/search/EUR/g-01 Research budget Research");
    assertThat(
            texts(charges(lines).selectExpr("concat_ws(' ', line_id, x_ChargeId, EffectiveCost)")))
        .containsExactlyInAnyOrder(
            "2026-09/search/USD/g-01 charge-USD 1.5", "2026-09/search/EUR/g-01 charge-EUR 2.0");
  }

  @Test
  void linesOfTwoWorkloadsNeverHaveOneSubject() {
    views.create(
        "reporting.statement_accelerators",
        "select *, false as is_billed_only, 1bd as effective_cost from ("
            + workload("none", "none")
            + ") where false");
    views.create(
        "reporting.statement_idle_costs",
        "select *, 'stranded' as idle_part, 1bd as effective_cost from ("
            + workload("none", "none")
            + ") where false");
    views.create(
        "reporting.statement_workloads",
        workload("job A", "100") + " union all " + workload("job", "A 100"));
    PrintedLines lines =
        new PrintedLines(
            StatementPages.of(
                new TreeMap<>(
                    Map.of(
                        "accelerators.yml",
                        before("  commitments:", resource("pages/accelerators"))))));
    assertThat(texts(lines.explainedBySums(spark).select("subject")))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void aLineOfAProjectIsExplainedByTheChargesOfTheProjectInAllTeams() {
    views.create(
        "reporting.statement_lines",
        line("team", "search", "EC2", 1)
            + " union all "
            + line("project", "project.ranker", "EC2", 1)
            + " union all "
            + line("company", "company.all", "EC2", 1));
    views.create(
        "allocation.allocated_charges",
        named("one", "search", "ranker")
            + " union all "
            + named("two", "ads", "ranker")
            + " union all "
            + named("three", "search", null));
    PrintedLines lines =
        new PrintedLines(
            StatementPages.of(
                new TreeMap<>(
                    Map.of("summary.yml", before("  days:", resource("pages/summary"))))));
    assertThat(texts(lines.explainedBySums(spark).select("line_id")))
        .containsExactlyInAnyOrder("search/EC2", "project.ranker/EC2", "company.all/EC2");
    assertThat(texts(charges(lines).selectExpr("concat_ws(' ', line_id, x_ChargeId)")))
        .containsExactlyInAnyOrder(
            "search/EC2 one",
            "search/EC2 three",
            "project.ranker/EC2 one",
            "project.ranker/EC2 two");
  }

  /** Search has a line for EC2, ads has none of its own; RDS is in the line for all others. */
  @Test
  void aLineOfTheCompanyIsSplitByTeamAndLeadsToTheirLines() {
    views.create(
        "reporting.statement_lines",
        line("team", "search", "EC2", 1)
            + " union all "
            + line("company", "company.all", "EC2", 1)
            + " union all "
            + line("company", "company.all", null, 2));
    views.create(
        "economics.statement_costs",
        """
        select date'2026-09-01' as billing_month, 'USD' as billing_currency, team as team_id, service,
            cast(cost as decimal(38, 21)) as effective_cost, cast(null as date) as correction_of_month,
            cast(null as string) as cost_kind, cast(null as string) as project_id, cast(null as string) as provider,
            cast(null as string) as environment, cast(null as string) as model_id, cast(null as string) as rule_id
        from values ('search', 'EC2', 1bd), ('search', 'EC2', 2bd), ('ads', 'EC2', 1.5bd), ('ads', 'RDS', 4bd),
            ('ads', 'S3', 5bd) as costs (team, service, cost)
        """);
    PrintedLines lines =
        new PrintedLines(
            StatementPages.of(
                new TreeMap<>(
                    Map.of("summary.yml", before("  days:", resource("pages/summary"))))));
    List<Row> ofCompany =
        lines.explainedBySums(spark).where("receiver_kind = 'company'").collectAsList();
    assertThat(
            texts(
                lines
                    .steps(spark, ofCompany)
                    .orElseThrow()
                    .selectExpr(
                        "concat_ws(' ', line_id, position, label, cast(cost as decimal(9, 1)),"
                            + " shown)")))
        .containsExactlyInAnyOrder(
            "company.all/EC2 1 team search: see search/EC2 3.0 1.00",
            "company.all/EC2 2 team ads: see 2026-09/ads/USD 1.5",
            "company.all/rest 1 team ads: see 2026-09/ads/USD 9.0");
  }

  /**
   * Ten runs at most have a line of their own, so lines of teams cannot explain those of the
   * company.
   */
  @Test
  void linesOfRunsAreExplainedByAttemptsAlsoForTheCompany() {
    views.create(
        "reporting.statement_runs",
        """
        select date'2026-09-01' as billing_month, receiver_kind, receiver_id,
            if(receiver_kind = 'team', receiver_id, null) as team_id, 'USD' as billing_currency,
            concat(receiver_id, '/', place) as line_id, part, members, run_id,
            if(receiver_kind = 'team', 'first try', null) as run_name, effective_cost, effective_cost as cost_shown
        from values ('team', 'search', 1, 'run', 1, 'a', 3bd), ('company', 'company.all', 1, 'run', 1, 'a', 7bd),
            ('company', 'company.all', 2, 'run', 2, null, 30bd),
            ('company', 'company.all', 3, 'workload_without_run', 1, null, 5bd)
            as lines (receiver_kind, receiver_id, place, part, members, run_id, effective_cost)
        """);
    views.create(
        "economics.receiver_run_costs",
        """
        select date'2026-09-01' as billing_month, if(receiver_id = 'search', 'team', 'company') as receiver_kind, receiver_id,
            'USD' as billing_currency, part, run_id, attempt, team_id,
            compute as compute_cost, null as storage_cost, null as network_cost, 0bd as idle_cost, shared as shared_cost,
            0bd as credit_and_tax
        from values ('search', 'run', 'a', 1, 'search', 2bd, 1bd), ('company.all', 'run', 'a', 1, 'search', 2bd, 1bd),
            ('company.all', 'run', 'a', 2, 'ads', 4bd, 0bd), ('company.all', 'run', 'b', 1, 'ads', 10bd, 0bd),
            ('company.all', 'run', 'c', 1, 'ads', 20bd, 0bd),
            ('company.all', 'workload_without_run', null, null, 'ads', 5bd, 0bd)
            as costs (receiver_id, part, run_id, attempt, team_id, compute, shared)
        """);
    PrintedLines lines =
        new PrintedLines(
            StatementPages.of(
                new TreeMap<>(
                    Map.of("training.yml", before("  parent_runs:", resource("pages/training"))))));
    assertThat(texts(lines.explainedBySums(spark).selectExpr("concat(line_id, ': ', label)")))
        .containsExactlyInAnyOrder(
            "search/1: run first try (a)",
            "company.all/1: run a",
            "company.all/2: the other 2 runs",
            "company.all/3: workloads that no run claims");
    assertThat(
            texts(
                lines
                    .steps(spark, lines.explainedBySums(spark).collectAsList())
                    .orElseThrow()
                    .selectExpr("concat(line_id, ': ', label, ' ', cast(cost as int))")))
        .containsExactlyInAnyOrder(
            "search/1: attempt 1, compute 2",
            "search/1: attempt 1, shared cost 1",
            "company.all/1: team ads, attempt 2, compute 4",
            "company.all/1: team search, attempt 1, compute 2",
            "company.all/1: team search, attempt 1, shared cost 1",
            "company.all/2: team ads, compute 30",
            "company.all/3: team ads, compute 5");
  }

  /** Returns the file of a page without this table and those after it. */
  static String before(String table, String page) {
    return page.substring(0, page.indexOf(table));
  }

  /** Returns the file of a page without the tables from one to another. */
  static String without(String first, String next, String page) {
    return before(first, page) + page.substring(page.indexOf(next));
  }

  /** An endpoint uses a part of two charges, and another endpoint, without a line, a charge. */
  @Test
  void theChargesOfAnEndpointAreThoseThatTheLedgerGivesIt() {
    views.create(
        "reporting.statement_endpoints", endpoint("chat", 1) + " union all " + endpoint(null, 4));
    views.create("reporting.statement_tenants", endpoint("chat", 1) + " where false");
    views.create("economics.receiver_inference", endpoint("chat", 1) + " where false");
    views.create("allocation.allocated_charges", named("a", "search", null));
    views.create(
        "economics.ledger",
        used("a", "inference", "chat", "0.3")
            + " union all "
            + used("a", "training", null, "0.7")
            + " union all "
            + used("b", "inference", "chat", "2")
            + " union all "
            + used("c", "inference", "sleeper", "5"));
    views.create(
        "reporting.statement_uses",
        "select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as"
            + " receiver_id, 'search' as team_id, 'USD' as billing_currency, 'u-1' as line_id,"
            + " 'serving' as used_for, 1bd as effective_cost, 1bd as cost_shown");
    PrintedLines lines =
        new PrintedLines(
            StatementPages.of(
                new TreeMap<>(
                    Map.of(
                        "serving.yml",
                        before("  value:", resource("pages/serving")),
                        "changes.yml",
                        without("  changes:", "  history:", resource("pages/changes"))))));
    assertThat(
            texts(charges(lines).selectExpr("concat_ws(' ', line_id, x_ChargeId, EffectiveCost)")))
        .as("the line for all other endpoints has the rest, and lines of two pages split charges")
        .containsExactlyInAnyOrder(
            "i-1 a 0.3", "i-1 b 2.0", "i-4 c 5.0", "u-1 a 0.3", "u-1 b 2.0", "u-1 c 5.0");
  }

  private static String endpoint(@Nullable String name, int members) {
    return """
    select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as receiver_id, 'search' as team_id,
        'USD' as billing_currency, 'i-%2$d' as line_id, %1$s as endpoint_id, %1$s as tenant_id, %1$s as model_id,
        %2$d as members, 1bd as effective_cost, 1bd as cost_shown, 1bd as cost
    """
        .formatted(text(name), members);
  }

  private static String used(String charge, String kind, @Nullable String endpoint, String cost) {
    return """
    select date'2026-09-02' as usage_date, date'2026-09-01' as billing_month, 'search' as team_id,
        cast(null as string) as project_id, 'Compute' as service_category, 'direct' as cost_kind,
        'USD' as billing_currency, '%1$s' as use_kind, %2$s as endpoint_id,
        if('%1$s' = 'inference', 'serving', 'training') as used_for, 'rule' as owner_rule_id, cast(null as string) as pool_id,
        cast(null as string) as allocated_method_id, '%3$s' as charge_id,
        cast('%4$s' as decimal(38, 1)) as effective_cost
    """
        .formatted(kind, text(endpoint), charge, cost);
  }

  private static String text(@Nullable String text) {
    return text == null ? "cast(null as string)" : "'" + text + "'";
  }

  private static String line(String kind, String receiver, @Nullable String service, int members) {
    return """
    select date'2026-09-01' as billing_month, '%1$s' as receiver_kind, '%2$s' as receiver_id,
        if('%1$s' = 'team', '%2$s', null) as team_id, 'USD' as billing_currency, 'service' as breakdown,
        concat('%2$s/', coalesce(%3$s, 'rest')) as line_id, %3$s as name, %4$d as members, 1bd as effective_cost,
        1bd as cost_shown
    """
        .formatted(kind, receiver, text(service), members);
  }

  private static String named(String id, String team, @Nullable String project) {
    return """
    select date'2026-09-01' as x_BillingMonth, date'2026-09-02' as x_AllocationDate,
        '%2$s' as x_TeamId, %3$s as x_ProjectId, 'USD' as BillingCurrency, 'direct' as x_CostKind,
        'rule' as x_OwnerRuleId, cast(null as string) as x_PoolId, cast(null as string) as AllocatedMethodId,
        '%1$s' as x_ChargeId, 1.5bd as EffectiveCost, 'AWS' as ServiceProviderName, 'EC2' as ServiceName,
        cast(null as string) as x_Environment, cast(null as string) as x_ModelId
    """
        .formatted(id, team, text(project));
  }

  private static String workload(String id, String model) {
    return """
    select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as receiver_id,
        'search' as team_id, 'USD' as billing_currency, 'w-01' as line_id,
        1 as members, '%s' as workload_id, '%s' as accelerator_model, 1bd as idle_cost,
        1bd as idle_cost_shown, 1bd as cost_shown
    """
        .formatted(id, model);
  }

  private static String budget(String currency, String name) {
    return """
    select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as receiver_id,
        'search' as team_id, '%1$s' as billing_currency, 1 as position,
        '2026-09/search/%1$s/g-01' as line_id, '%2$s' as budget_name, 1bd as budget_shown
    """
        .formatted(currency, name);
  }

  private static String charge(String currency, String cost) {
    return """
    select date'2026-09-01' as x_BillingMonth, date'2026-09-02' as x_AllocationDate,
        'search' as x_TeamId, cast(null as string) as x_ProjectId, '%1$s' as BillingCurrency, 'direct' as x_CostKind,
        'rule' as x_OwnerRuleId, cast(null as string) as x_PoolId,
        cast(null as string) as AllocatedMethodId, 'charge-%1$s' as x_ChargeId,
        cast('%2$s' as decimal(38,1)) as EffectiveCost
    """
        .formatted(currency, cost);
  }

  private Dataset<Row> charges(PrintedLines lines) {
    return lines.charges(spark, lines.explainedBySums(spark).collectAsList()).orElseThrow();
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static StatementPages pages(String page) {
    return StatementPages.of(new TreeMap<>(Map.of("budgets.yml", page)));
  }

  private static String madeUp() {
    return resource("made_up/budgets");
  }

  static String resource(String name) {
    try (InputStream in = PrintedLinesTest.class.getResourceAsStream("/reports/" + name + ".yml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
