package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.night.JobCompany;
import costlake.night.TinyCompany;
import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An approval from the request to the cost of its run, by the command line in processes of its own.
 * On the 14th, two nodes with 384 accelerator-hours cost 480, so an hour costs 1.25; on the 15th no
 * job ran, so no hours are known. 16 accelerators for ten hours are 200. The threshold is 25.
 */
@Tag("night")
class ApproveCommandTest {
  private static final String ASKS = "--gpus 16xA100 --hours 10";

  @TempDir Path folder;
  private TinyCompany company;
  private int code;

  /** Runs a command as a user, and returns what it printed. */
  private String costlake(String user, String... words) throws Exception {
    Path log = folder.resolve("out.log");
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      arguments.addAll(List.of(word.split(" ")));
    }
    arguments.addAll(List.of("--conf", company.conf().toString()));
    code =
        JavaProcess.of(Main.class, "1g")
            .options(List.of("-Duser.name=" + user, "-Dspark.ui.enabled=false"))
            .arguments(arguments.toArray(String[]::new))
            .exitCode(log);
    return Files.readString(log);
  }

  private JsonNode decisions() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/decisions.json").toFile());
  }

  @Test
  void anApprovedEstimateBecomesTheBudgetOfItsRun() throws Exception {
    company = JobCompany.of(folder, JobCompany.HALF, JobCompany.REQUEUED);
    company.write(
        "conf/costlake.yml",
        """
        lake: {root: ../lake}
        approvals: {cost_min: 25, from: 2026-09-01, decision_file: ../out/decisions.json}
        """);
    company.night();

    String request = "--team alpha --run 1 --project ranker";
    assertThat(costlake("ann", "approve request --gpus 1xA100 --hours 19", request))
        .contains(
            "Projected cost USD 23.75 is below the threshold of USD 25: no approval is needed");
    assertThat(costlake("ann", "approve check 1", ASKS))
        .contains("Run 1 may not start: its projected cost USD 200.00 is not below the threshold");
    assertThat(code).isEqualTo(2);
    assertThat(costlake("ann", "approve request", ASKS, request))
        .contains("Request 1 is requested: run 1 of team alpha\n")
        .containsPattern(
            "asks for +16xA100 40GB for 10 hours at USD 1\\.25 an hour \\(effective price, \\d+ days old\\)\n")
        .containsPattern("projected +USD 200\\.00, the cap\n")
        .containsPattern("likely +unknown: 0 of 5 past runs of the project that are needed\n")
        .containsPattern("budgets +the team has none in USD\n")
        .containsPattern("decide +bob\n");
    assertThat(code).isZero();
    assertThat(costlake("ann", "approve decide 1 yes --why please"))
        .contains("ann made request 1 and may not decide about it. These may: bob");
    assertThat(code).isEqualTo(2);
    assertThat(costlake("ann", "approve check 1")).contains("request 1 is requested");
    assertThat(decisions().at("/runs/1/state").textValue()).isEqualTo("requested");
    assertThat(costlake("bob", "approve decide 1 yes --why agreed"))
        .contains("Request 1 is approved: run 1 of team alpha");
    assertThat(costlake("ann", "approve check 1", ASKS))
        .contains("Run 1 may start: request 1 is approved by bob");
    assertThat(code).isZero();

    JobCompany.deliver(company, JobCompany.BIG, JobCompany.HALF, JobCompany.REQUEUED);
    assertThat(costlake("ops", "night")).contains("Published ");
    figures();
    assertThat(costlake("ann", "approve list --format csv"))
        .contains("\n1,approved,1,alpha,16xA100 40GB for 10 hours,USD,200,138.65,bob,");
    assertThat(costlake("ann", "budgets --format csv --at 2026-09"))
        .containsPattern(
            "\napproval/1,2026-09-14,\\d{4}-\\d\\d-\\d\\d,USD,200,138\\.65,69\\.3,61\\.35,");
    assertThat(decisions().at("/runs/1/used").decimalValue()).isEqualByComparingTo("138.65");
  }

  /** Job 2 costs 29.7546 and nobody asked; job 3 costs 7.2699. */
  private void figures() {
    String allocated =
        "select sum(EffectiveCost) from allocation.allocated_charges where x_WorkloadId = '1'";
    assertThat(
            company.ask(
                """
                select concat_ws(' ', state, project_id, cast(projected_cost as decimal(9,2)), cast(actual as decimal(9,4)),
                    actual = (select cost from economics.training_runs where run_id = '1'), actual = (%s))
                from governance.approvals"""
                    .formatted(allocated)))
        .containsExactly("approved ranker 200.00 138.6503 true true");
    assertThat(
            company.ask(
                """
                select concat_ws(' ', scope_kind, scope_value, owner_team_id, cast(amount as decimal(9,2)), actual = (%s))
                from governance.budget_status where budget_id = 'approval/1'"""
                    .formatted(allocated)))
        .containsExactly("run 1 alpha 200.00 true");
    assertThat(
            company.ask(
                "select concat_ws(' ', run_id, team_id, cast(cost as decimal(9,4)), first_day) from governance.unapproved_runs"))
        .containsExactly("2 beta 29.7546 2026-09-14");
    assertThat(
            company.ask(
                "select concat_ws(' ', incident_id, team_id, state, cause, cast(cost as decimal(9,4)), found_on)"
                    + " from governance.incidents"))
        .containsExactly("run/2 beta open unapproved 29.7546 2026-09-14");
    assertThat(
            company.ask(
                "select concat_ws(' ', usage_date, accelerator_hours, cast(cost as decimal(9,2)))"
                    + " from governance.accelerator_days order by 1"))
        .containsExactly("2026-09-14 384.000000000 480.00");
  }
}
