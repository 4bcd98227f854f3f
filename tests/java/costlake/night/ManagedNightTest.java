package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.lake.Outcome;
import costlake.lake.TableName;
import costlake.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a night on the fixtures of the managed platforms. */
@Tag("night")
class ManagedNightTest {
  @TempDir Path folder;

  @Test
  void eachPlatformGivesRunsAndHoursAndWhatIsWrongIsNamed() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    company.write(
        "conf/sources.yml",
        Files.readString(company.conf().resolve("sources.yml"))
            + source("sagemaker")
            + source("vertex")
            + source("azureml"));

    List<Outcome> outcomes = company.night().outcomes();

    assertThat(
            rows(
                company,
                "run_attempts",
                "array_join(platforms, '+'), run_name, run_kind, status, cast(billable_s as int)"))
        .containsExactly(
            "azureml|ann|notebook|running",
            "azureml|backwards|training",
            "azureml|ranker-fit|training|completed",
            "sagemaker|ann|notebook|running",
            "sagemaker|backwards|training|failed",
            "sagemaker|clean|processing|completed",
            "sagemaker|clicks|labelling|completed",
            "sagemaker|ranker-fit-7|training|completed|7200",
            "sagemaker|ranker-sweep|tuning|completed",
            "vertex|backwards|training|failed",
            "vertex|ranker-fit|training|completed");
    // 1.5 h; 1 day of 2 A10G; 3 h of 16 A100; 1 day of 2 L4; 12 h of 8 TPU; 2 h of 4 T4
    assertThat(
            rows(
                company,
                "workload_hours",
                "scheduler, workload_kind, sum(held_s) over (partition by scheduler, workload_kind),"
                    + " sum(accelerator_allocated_s) over (partition by scheduler, workload_kind)"))
        .containsExactly(
            "azureml|endpoint|86400.000000000|259200.000000000",
            "azureml|training job|7199.500000000|14399.000000000",
            "sagemaker|endpoint|86400.000000000|172800.000000000",
            "sagemaker|processing job|5400.000000000|0.000000000",
            "sagemaker|training job|10800.000000000|172800.000000000",
            "vertex|endpoint|86400.000000000|172800.000000000",
            "vertex|tpu node|43200.000000000|345600.000000000",
            "vertex|training job|7200.000000000|28800.000000000");
    for (String audit :
        List.of(
            "sagemaker_unclear",
            "vertex_unclear",
            "azureml_unclear",
            "record_ends_after_it_started",
            "metric_is_a_number")) {
      assertThat(outcomes)
          .anySatisfy(
              outcome -> {
                assertThat(outcome.subject()).contains(audit);
                assertThat(outcome.status()).isEqualTo(Outcome.Status.WARNED);
              });
    }
  }

  private static String source(String kind) {
    Path location = Path.of("sources", kind, "fixture").toAbsolutePath();
    return "  - {id: " + kind + ", kind: " + kind + ", location: '" + location + "'}\n";
  }

  private static List<String> rows(TinyCompany company, String table, String columns) {
    return company
        .lake()
        .read(new TableName("telemetry", table))
        .selectExpr("concat_ws('|', " + columns + ")")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
