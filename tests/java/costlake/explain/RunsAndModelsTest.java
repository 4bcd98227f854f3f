package costlake.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.build.ModelChain;
import costlake.build.PublicViews;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.explain.Explain.Depth;
import costlake.explain.Explain.Subject;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.CatalogViews;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of two attempts on a shared machine, and the model that it made. Worked out by hand. */
class RunsAndModelsTest {
  /** Tables of the lake that are computed; the others have only the given rows. */
  private static final Set<String> COMPUTED =
      Set.of(
          "economics.billed_uses",
          "economics.endpoint_costs",
          "economics.experiments",
          "economics.model_life",
          "economics.model_returns",
          "economics.model_versions",
          "economics.resource_shares",
          "economics.training_attempts",
          "economics.training_runs",
          "economics.use_costs");

  private static final Set<String> GIVEN =
      Set.of(
          "allocation.allocated_charges",
          "focus.cost_and_usage",
          "telemetry.run_attempts",
          "telemetry.run_hours");

  private static final Map<String, @Nullable Object> ENDPOINTS =
      Map.of(
          "rank", "1",
          "resource", ":endpoint/",
          "endpoint", ":endpoint/(.+)",
          "use_kind", "inference",
          "is_run", "false");

  private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:1:endpoint/chat";

  private final SparkSession spark = SparkHarness.spark();
  private final Graph graph = Models.embedded().compile();
  private final CatalogViews views = new CatalogViews(spark);
  private final ModelChain models = new ModelChain(spark);
  private final List<Map<String, @Nullable Object>> charges = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> allocated = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void dropViews() {
    PublicViews.names(graph).forEach(name -> spark.sql("drop view if exists " + name));
    views.close();
  }

  /**
   * On the last day of August, attempt 1 of run {@code r-7} held a machine for four hours, and its
   * last checkpoint was after two. The machine cost 30, of which 10 were another workload's, and
   * the team had shared cost of 6. On the next day attempt 2 had three of the four hours of the
   * workload; run {@code r-8} had the fourth.
   */
  private void company() {
    charge("c-1", "2026-08-31", "30", "20", row("workload", "ml/p", "resource", "i-1"));
    allocate("c-1", "2026-08-31", "10", row("workload", "ml/q", "resource", "i-1"));
    charge("c-2", "2026-09-01", "24", "24", row("workload", "ml/p", "resource", "i-1"));
    charge("c-3", "2026-08-31", "6", "6", row("kind", "shared"));
    charge("c-4", "2026-09-01", "5", "5", row("category", "Storage", "model", "ranker"));
    charge("c-5", "2026-09-01", "50", "50", row("resource", ENDPOINT, "model", "ranker"));
    models.give(
        "telemetry.run_attempts",
        List.of(
            attempt("r-7", 1, "preempted", "2026-08-31 20:00:00", "2026-09-01 00:00:00", "ranker"),
            attempt("r-7", 2, "completed", "2026-09-01 08:00:00", "2026-09-01 11:00:00", "ranker"),
            attempt("r-8", 1, "failed", "2026-09-01 11:00:00", "2026-09-01 12:00:00", "ocr"),
            attempt("r-9", 1, "running", "2026-09-01 11:00:00", null, "speech")));
    models.give(
        "telemetry.run_hours",
        List.of(
            hour("r-7", 1, "2026-08-31 20:00:00"),
            hour("r-7", 1, "2026-08-31 21:00:00"),
            hour("r-7", 1, "2026-08-31 22:00:00"),
            hour("r-7", 1, "2026-08-31 23:00:00"),
            hour("r-7", 2, "2026-09-01 08:00:00"),
            hour("r-7", 2, "2026-09-01 09:00:00"),
            hour("r-7", 2, "2026-09-01 10:00:00"),
            hour("r-8", 1, "2026-09-01 11:00:00")));
  }

  @Test
  void leadsFromARunToItsAttemptsAndInvoiceLinesAsThePageShows() throws IOException {
    company();
    publish();
    String text = Explain.tree(spark, "r-7").text();
    assertThat(Files.readString(Path.of("docs/economics.md"))).contains(text.indent(4));
    assertThat(text)
        .isEqualTo(
            """
            Run r-7, training, completed, attempts: 2, model ranker, version v2, cost as in economics.training_runs  USD 42.00
            ├─ of all attempts: repeated USD 12.00, waste USD 12.00
            ├─ attempt 1, preempted, from 2026-08-31 20:00, to 2026-09-01 00:00, 4 machine hours, repeated USD 12.00, waste USD 12.00  USD 24.00
            │  ├─ workload-linked direct cost, by owner rule tag  USD 20.00
            │  │  └─ charge c-1: EC2, c-1 as billed, part of USD 30.00  USD 20.00
            │  │     ├─ AWS, invoice INV-1, line 1, resource i-1, 16 of 24 Hours, 66.6667 % of the charge
            │  │     └─ row 1 of bill.csv, delivery d of aws
            │  └─ team-linked shared cost, by owner rule tag  USD 4.00
            │     └─ charge c-3: EC2, c-3 as billed, part of USD 6.00  USD 4.00
            │        ├─ AWS, invoice INV-1, line 1, 16 of 24 Hours, 66.6667 % of the charge
            │        └─ row 1 of bill.csv, delivery d of aws
            └─ attempt 2, completed, from 2026-09-01 08:00, to 2026-09-01 11:00, 3 machine hours, repeated USD 0.00, waste USD 0.00  USD 18.00
               └─ workload-linked direct cost, by owner rule tag  USD 18.00
                  └─ charge c-2: EC2, c-2 as billed, part of USD 24.00  USD 18.00
                     ├─ AWS, invoice INV-1, line 1, resource i-1, 18 of 24 Hours, 75 % of the charge
                     └─ row 1 of bill.csv, delivery d of aws
            The money adds up at each step.""");
  }

  @Test
  void leadsFromAModelToItsStagesUsesAndInvoiceLines() {
    company();
    publish();
    assertThat(Explain.tree(spark, "ranker").text())
        .isEqualTo(
            """
            Model ranker, cost as in economics.model_life  USD 97.00
            ├─ 2026-08 to 2026-09, training USD 42.00, inference USD 50.00, inference overtook training in 2026-09
            ├─ by stage: train USD 42.00, serve USD 50.00, store USD 5.00
            ├─ 2026-09: USD 73.00; up to then training USD 42.00, inference USD 50.00
            ├─ 2026-08: USD 24.00; up to then training USD 24.00, inference USD 0.00
            ├─ version v2, completed 2026-09-01 11:00, runs: 1, attempts: 2, cost USD 42.00, waste USD 12.00
            ├─ each run and endpoint below can be explained by its name
            ├─ train  USD 42.00
            │  └─ run r-7  USD 42.00
            ├─ serve  USD 50.00
            │  └─ endpoint chat  USD 50.00
            ├─ store  USD 5.00
            │  └─ no run or endpoint  USD 5.00
            └─ --details adds the charges, down to the delivered rows
            The money adds up at each step.""");
    assertThat(details("ranker"))
        .contains(
            "├─ by stage: train USD 42.00, serve USD 50.00, store USD 5.00",
            "charge c-5: EC2, c-5 as billed  USD 50.00")
        .doesNotContain("--details");
  }

  @Test
  void leadsFromAnEndpointToItsMonthsAndInvoiceLines() {
    company();
    charge("c-6", "2026-08-30", "8", "8", row("resource", ENDPOINT, "model", "ranker"));
    publish();
    assertThat(Explain.tree(spark, "chat").text())
        .isEqualTo(
            """
            Endpoint chat, cost as in economics.endpoint_costs  USD 58.00
            ├─ 2026-08, model ranker  USD 8.00
            ├─ 2026-09, model ranker  USD 50.00
            └─ --details adds the charges, down to the delivered rows
            The money adds up at each step.""");
    assertThat(details("chat"))
        .contains(
            "│  └─ resource-linked direct cost, by owner rule tag  USD 8.00",
            "charge c-6: EC2, c-6 as billed  USD 8.00",
            "charge c-5: EC2, c-5 as billed  USD 50.00");
  }

  /** In August the cluster had no telemetry yet. In September the model cost 18 + 50 + 5. */
  @Test
  void statesReturnsFromTheFirstCompleteMonth() {
    company();
    Map<String, String> subject = row("subject_kind", "model", "subject_id", "ranker");
    models.give(
        "economics.first_complete_months",
        List.of(row(subject, row("complete_from", "2026-09-01"))));
    Map<String, String> benefit = row("model_id", "ranker", "currency", "USD");
    models.give(
        "telemetry.model_benefits",
        List.of(
            row(benefit, row("source_row", "1", "month", "2026-08-01", "value", "900")),
            row(benefit, row("source_row", "2", "month", "2026-09-01", "value", "146"))));
    publish();
    String text = Explain.tree(spark, "ranker").text();
    assertThat(text)
        .startsWith("Model ranker, cost as in economics.model_life  USD 97.00\n")
        .contains(
            "2026-08 to 2026-09, to date from the first complete month 2026-09, training USD 18.00,"
                + " inference USD 50.00, cost to date USD 73.00, inference overtook training in"
                + " 2026-09, cost of the incomplete months before USD 24.00\n",
            "returns in 2026-09, benefit USD 146.00, ROI 100.0 %, benefit to date USD 146.00, ROI"
                + " to date 100.0 %, paid back in 2026-09\n",
            "2026-08: USD 24.00; up to then the uses of its cluster are not known\n",
            "2026-09: USD 73.00; up to then training USD 18.00, inference USD 50.00\n");
  }

  @Test
  void leadsFromAnExperimentToItsRuns() {
    company();
    publish();
    assertThat(Explain.tree(spark, "weekly").text())
        .isEqualTo(
            """
            Experiment weekly, cost as in economics.experiments  USD 6.00
            ├─ runs: 1, completed: 0, waste USD 6.00, each run can be explained by its name
            ├─ run r-8, failed  USD 6.00
            └─ runs that no charge is joined to
               └─ run r-9, running
            The money adds up at each step.""");
  }

  private String details(String id) {
    return Explain.tree(spark, id, Subject.ANY, Depth.CHARGES).text();
  }

  @Test
  void splitsARunByCurrencyAndAnAttemptByMonth() {
    company();
    charge(
        "c-6", "2026-09-01", "3", "3", row("workload", "ml/p", "resource", "i-1", "money", "EUR"));
    charge(
        "c-7", "2026-09-01", "8", "8", row("workload", "ml/p", "resource", "i-1", "month", "08"));
    publish();
    ExplanationStep run = Explain.tree(spark, "r-7");
    assertThat(run.money()).isNull();
    assertThat(run.addsUp()).isTrue();
    assertThat(run.text())
        .contains(
            "├─ in EUR  EUR 2.25\n",
            "└─ in USD  USD 48.00\n",
            "├─ billed in 2026-08  USD 6.00\n",
            "└─ billed in 2026-09  USD 18.00\n");
  }

  @Test
  void saysThatNoChargeIsJoinedToARun() {
    company();
    publish();
    assertThat(Explain.tree(spark, "r-9").text())
        .contains("Run r-9, training, running", "without an end, machine hours not measured")
        .contains("no charge is joined to it");
    assertThat(Explain.tree(spark, "speech").text())
        .startsWith("Model speech, no charge is joined to it");
  }

  @Test
  void refusesAnIdThatNothingOrBothHas() {
    company();
    models.give(
        "telemetry.run_attempts",
        List.of(
            attempt("r-7", 1, "completed", "2026-08-31 20:00:00", "2026-09-01 00:00:00", "ranker"),
            attempt(
                "ranker", 1, "failed", "2026-09-01 11:00:00", "2026-09-01 12:00:00", "ranker")));
    publish();
    assertThatThrownBy(() -> Explain.tree(spark, "r-77"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot find the id 'r-77'. Did you mean 'r-7'? Give the number");
    assertThatThrownBy(() -> Explain.tree(spark, "r-7", Subject.MODEL, Depth.SUMMARY))
        .hasMessageContaining("Cannot find the id 'r-7'");
    assertThatThrownBy(() -> Explain.tree(spark, "ranker"))
        .isInstanceOf(Failure.class)
        .hasMessage("'ranker' is both a run and a model. Say which: --run or --model");
    assertThat(Explain.tree(spark, "ranker", Subject.RUN, Depth.SUMMARY).label())
        .startsWith("Run ranker");
    assertThat(Explain.tree(spark, "ranker", Subject.MODEL, Depth.SUMMARY).label())
        .startsWith("Model ranker");
  }

  /** A charge of which a part is allocated. */
  private void charge(String id, String day, String cost, String part, Map<String, String> more) {
    charges.add(
        row(
            Map.of(
                "x_ChargeId", id,
                "EffectiveCost", cost,
                "ServiceProviderName", "AWS",
                "ServiceName", "EC2",
                "ChargeDescription", id + " as billed",
                "InvoiceId", "INV-1",
                "InvoiceDetailId", "1",
                "PricingQuantity", "24"),
            row("PricingUnit", "Hours", "ResourceId", more.get("resource")),
            row("x_SourceId", "aws", "x_SourceKind", "aws-cur", "x_DeliveryId", "d"),
            row("x_SourceFile", "bill.csv", "x_SourceRow", "1")));
    allocate(id, day, part, more);
  }

  private void allocate(String id, String day, String cost, Map<String, String> more) {
    String month = "2026-" + more.getOrDefault("month", day.substring(5, 7)) + "-01";
    String workload = more.get("workload");
    allocated.add(
        row(
            row("x_AllocationId", id + "/" + workload, "x_ChargeId", id, "EffectiveCost", cost),
            row("BilledCost", cost, "ContractedCost", cost, "ListCost", cost),
            row("x_AllocationDate", day, "x_BillingMonth", month, "x_WorkloadId", workload),
            row("x_NodeId", workload == null ? null : "i-1", "ResourceId", more.get("resource")),
            row("x_TeamId", "ads", "x_CostKind", more.getOrDefault("kind", "direct")),
            row("ServiceCategory", more.getOrDefault("category", "Compute")),
            row("BillingCurrency", more.getOrDefault("money", "USD"), "x_OwnerRuleId", "tag"),
            row("x_ModelId", more.get("model"))));
  }

  private static Map<String, @Nullable Object> attempt(
      String run, int attempt, String status, String from, @Nullable String to, String model) {
    return row(
        row("run_id", run, "attempt", Integer.toString(attempt), "run_kind", "training"),
        row("status", status, "started_at", from, "ended_at", to, "model_id", model),
        row("model_version", status.equals("completed") ? "v2" : null, "metrics", "{}"),
        row("interruptions", "[]"),
        row("experiment_id", run.equals("r-7") ? null : "weekly"),
        row("checkpoints", attempt == 1 ? "['2026-08-31 22:00:00']" : "[]"));
  }

  private static Map<String, @Nullable Object> hour(String run, int attempt, String hour) {
    return row(
        row("run_id", run, "attempt", Integer.toString(attempt), "hour_start", hour),
        row("usage_date", hour.substring(0, 10), "workload_id", "ml/p"),
        row("provider_resource_id", "i-1", "accelerator_s", "3600", "held_s", "3600"),
        row("claims", "1"));
  }

  private static Map<String, String> row(@Nullable String... namesAndValues) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }

  @SafeVarargs
  private static Map<String, @Nullable Object> row(Map<String, String>... parts) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (Map<String, String> part : parts) {
      row.putAll(part);
    }
    return row;
  }

  /** Computes the tables from the rows, and registers what {@code explain} reads. */
  private void publish() {
    models.give("reference.billed_uses", List.of(ENDPOINTS));
    models.give("allocation.allocated_charges", allocated);
    models.give("focus.cost_and_usage", charges);
    PublicViews readable = new PublicViews(graph, Explain.readsForIds());
    List<String> tables =
        graph.order().stream()
            .filter(Model::stored)
            .map(model -> model.name().toString())
            .filter(Explain.readsForIds().or(readable::reads))
            .toList();
    assertThat(tables).containsAll(COMPUTED).containsAll(GIVEN);
    tables.forEach(this::publish);
    readable.register(spark, Config.defaults(folder));
  }

  private void publish(String table) {
    if (!COMPUTED.contains(table) && !GIVEN.contains(table)) {
      views.createEmpty(table, graph.columns(RelationName.parse(table)));
      return;
    }
    Path rows = folder.resolve(table);
    models.rows(table).write().parquet(rows.toString());
    views.create(table, "select * from parquet.`" + rows + "`");
  }
}
