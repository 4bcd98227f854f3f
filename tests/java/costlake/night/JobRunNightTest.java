package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import costlake.lake.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cost of jobs as runs, worked out by hand: see {@link JobCompany}. */
@Tag("night")
class JobRunNightTest {
  private static final String ELSEWHERE =
      """
      4|4|tiny|gpu|normal|beta|bob|2026-09-14T09:00:00|2026-09-14T10:00:00|2026-09-14T11:00:00|01:00:00|COMPLETED|1|8|cpu=8,gres/gpu:a100=2,gres/gpu=2,mem=64G,node=1|gpu03|unbilled
      5|5|side|gpu|normal|beta|bob|2026-09-14T09:00:00|2026-09-14T10:00:00|2026-09-14T10:30:00|00:30:00|COMPLETED|1|8|cpu=8,gres/gpu:a100=2,gres/gpu=2,mem=64G,node=1|gpu04|ungrouped
      """;

  @TempDir Path folder;
  private TinyCompany company;

  @Test
  void aRunOfAJobCostsItsPartOfTheNodes() {
    deliver();
    company.night();

    assertThat(
            company.ask(
                "select concat_ws(' ', run_id, attempt, status, cast(cost as decimal(9,4)))"
                    + " from economics.training_attempts order by run_id, attempt"))
        .containsExactly(
            "1 1 completed 138.6503",
            "2 1 failed 29.7546",
            "3 1 preempted 2.4233",
            "3 2 completed 4.8466");
    assertThat(
            company.ask(
                "select concat_ws(' ', receiver_id, run_id, cost_shown) from reporting.statement_runs"
                    + " where receiver_kind = 'team' and part = 'run' order by receiver_id, run_id"))
        .containsExactly("alpha 1 138.65", "beta 2 29.75", "beta 3 7.27");
    assertThat(company.printed("2026-09", "beta"))
        .containsPattern("half .{0,200}29\\.75.{0,200}req .{0,200}7\\.27")
        .doesNotContain("no run claims");
    assertThat(company.ask("select part from economics.training_runs where part like 'workload%'"))
        .isEmpty();
    ExplanationStep run = company.explain("3", Subject.ANY);
    assertThat(run.money()).isEqualByComparingTo(sumOfRun("3"));
    assertThat(run.addsUp()).as(run.text()).isTrue();
    assertThat(run.text())
        .contains("attempt 1", "2.42", "attempt 2", "4.85", " of bronze/bill/2026-0");
  }

  /** The credit is a tenth of the cost of gpu02: 0.2423 and 0.4847 of it belong to job 3. */
  @Test
  void aJobWithoutCostSaysWhatIsMissingAndACreditFollowsItsNode() {
    deliver(ELSEWHERE);
    company.write(
        "exports/bill/2026-09/more.csv",
        JobCompany.BILL_HEADER
            + JobCompany.charge("i-0aaaaaaaaaaaaaaa4", 14)
            + JobCompany.charge("i-0aaaaaaaaaaaaaaa2", 14)
                .replace("240,240,300,240", "-24,-24,0,0")
                .replace("Usage,Usage-Based", "Credit,One-Time"));
    company.night();

    assertThat(
            company.ask(
                "select concat_ws(' ', run_id, reason) from reporting.statement_unpriced_runs"
                    + " order by run_id"))
        .containsExactly("4 workload_without_cost", "5 nodes_in_no_group");
    assertThat(company.printed("2026-09", "company.all"))
        .contains(
            " unbilled 14 September 2026 – no bill names the nodes of its workload",
            " ungrouped 14 September 2026 – its nodes are in no node group");
    assertThat(
            company.ask(
                "select concat_ws(' ', attempt, cast(cost as decimal(9,4)), cast(credit_and_tax as decimal(9,4)))"
                    + " from economics.training_attempts where run_id = '3' order by attempt"))
        .containsExactly("1 2.1810 -0.2423", "2 4.3620 -0.4847");
  }

  /**
   * MLflow's sweep did no work itself. Its trial was job 2 and has a nested run, job 3: 29.7546 and
   * 2.4233 + 4.8466 = 7.2699, together 37.0245. Job 1 is part of nothing.
   */
  @Test
  void aSweepCostsItsTrialsAndTheNestedRunsOfTheseAndPrintsItsName(@TempDir Path opinion)
      throws IOException {
    deliver();
    company.write(
        "conf/sources.yml",
        """
        sources:
          - {id: bill, kind: focus, location: ../exports/bill, provider: AWS}
          - {id: batch, kind: slurm, location: ../exports/slurm}
          - {id: tracker, kind: mlflow, location: ../mlruns}
        """);
    company.write("mlruns/1/meta.yaml", "experiment_id: '1'\nlifecycle_stage: active\nname: lr\n");
    tracked("5wee9", "learning rate search", Map.of());
    tracked("7r1a1", "trial 0.01", Map.of("mlflow.parentRunId", "5wee9", "costlake.job", "2"));
    tracked("f01d5", "fold 3", Map.of("mlflow.parentRunId", "7r1a1", "costlake.job", "3"));
    NightReport night = company.night();

    assertThat(night.outcomes().stream().filter(o -> o.status() == Outcome.Status.WARNED))
        .noneMatch(warning -> warning.detail().contains("5wee9"));
    assertThat(
            company.ask(
                "select concat_ws(' ', run_id, children, cast(cost as decimal(9,4)), 'and',"
                    + " cast(cost_of_children as decimal(9,4)), 'are',"
                    + " cast(cost_with_children as decimal(9,4)))"
                    + " from economics.parent_runs order by run_id"))
        .containsExactly(
            "5wee9 2 and 37.0245 are 37.0245", "7r1a1 1 29.7546 and 7.2699 are 37.0245");
    assertThat(
            ParentRunsAgain.differences(
                company.views(Set.of("economics.training_runs", "economics.parent_runs")::contains),
                "select parse_path(filename)[-3] as run_id, content as parent_run_id"
                    + " from read_text('%s/*/*/tags/mlflow.parentRunId')"
                        .formatted(company.file("mlruns")),
                opinion))
        .isEmpty();
    assertThat(
            company.ask(
                "select concat_ws(' ', receiver_id, sum(cost_shown)) from reporting.statement_runs"
                    + " where receiver_kind = 'team' group by receiver_id order by receiver_id"))
        .as("the money of the families counts once")
        .containsExactly("alpha 138.65", "beta 37.02");
    assertThat(company.printed("2026-09", "beta"))
        .contains("learning rate search lr 2 – 37.02 37.02", "trial 0.01 lr 1 29.75 7.27 37.02")
        .contains("line trial 0.01 lr Attempt 1", "fold 3 lr Attempt 1")
        .doesNotContain("5wee9", "f01d5");
    assertThat(company.printed("2026-09", "company.all")).doesNotContain("Runs without cost");
    ExplanationStep sweep = company.explain("5wee9", Subject.RUN);
    assertThat(sweep.money()).isEqualByComparingTo(sumOfRun("2").add(sumOfRun("3")));
    assertThat(sweep.addsUp()).as(sweep.text()).isTrue();
    assertThat(sweep.text())
        .contains(
            "Run learning rate search (5wee9) with its children, training, completed, children: 2, experiment lr, cost",
            "the run itself: no charge is joined to it",
            "run trial 0.01 (7r1a1), training, completed  USD 29.75",
            "run fold 3 (f01d5), training, completed, level 2  USD 7.27");
    assertThat(company.explain("7r1a1", Subject.RUN).text())
        .contains("the run itself  USD 29.75", "attempt 1, completed", " of bronze/bill/2026-0");
    ExplanationStep line = company.explain("2026-09/beta/USD/pr-01", Subject.ANY);
    assertThat(line.addsUp()).as(line.text()).isTrue();
    assertThat(line.text())
        .contains("run learning rate search (5wee9) with its children  USD 37.02")
        .contains("run fold 3 (f01d5)  USD 7.27");
  }

  private void tracked(String id, String name, Map<String, String> tags) {
    String folder = "mlruns/1/" + id + "/";
    company.write(
        folder + "meta.yaml",
        """
        artifact_uri: s3://artifacts/1/%1$s
        start_time: 1789344000000
        end_time: 1789380000000
        experiment_id: '1'
        lifecycle_stage: active
        run_id: %1$s
        run_name: %2$s
        source_type: 4
        status: 3
        user_id: bob
        """
            .formatted(id, name));
    tags.forEach((tag, value) -> company.write(folder + "tags/" + tag, value));
  }

  private void deliver(String... others) {
    company =
        JobCompany.of(
            folder, JobCompany.BIG, JobCompany.HALF, JobCompany.REQUEUED, String.join("", others));
  }

  private BigDecimal sumOfRun(String run) {
    return new BigDecimal(
        company
            .ask(
                "select cast(sum(EffectiveCost) as string) from allocation.allocated_charges"
                    + " where x_WorkloadId = '%s'".formatted(run))
            .get(0));
  }
}
