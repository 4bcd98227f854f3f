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

/** Runs nights on the fixtures of the trackers of runs. */
@Tag("night")
class TrackerNightTest {
  @TempDir Path folder;

  @Test
  void eachTrackerGivesAttemptsAndWhatIsWrongIsNamed() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    company.write(
        "conf/sources.yml",
        Files.readString(company.conf().resolve("sources.yml"))
            + source("tracker", "mlflow", "mlruns")
            + source("wb", "wandb", "")
            + source("own", "runs", "runs.csv"));

    List<Outcome> outcomes = company.night().outcomes();

    assertThat(attempts(company))
        .containsExactly(
            "1a2b|1|finished|completed|0.913|3600",
            "3c4d|1|crashed|failed|NaN|60",
            "5e6f|1|preempted|preempted|0.5|1800",
            "aaa|1|FINISHED|completed|0.913|3600",
            "bbb|1|RUNNING|running||",
            "ccc|1|UNREADABLE|||",
            "ddd|1|9||0.25|3600",
            "r1|1|preempted|preempted||1800",
            "r1|2|completed|completed|0.913|3000",
            "r2|1|exploded||NaN|");
    for (String audit :
        List.of(
            "outcome_of_run_is_in_the_list",
            "run_is_not_its_own_parent",
            "metric_is_a_number",
            "record_of_run_can_be_read")) {
      assertThat(outcomes)
          .anySatisfy(
              outcome -> {
                assertThat(outcome.subject()).contains(audit);
                assertThat(outcome.status()).isEqualTo(Outcome.Status.WARNED);
              });
    }
  }

  private static String source(String id, String kind, String file) {
    Path location = Path.of("sources", kind, "fixture", file).toAbsolutePath();
    return "  - {id: " + id + ", kind: " + kind + ", location: '" + location + "'}\n";
  }

  /** Attempts with outcome, status, accuracy and length in seconds. */
  private static List<String> attempts(TinyCompany company) {
    return company
        .lake()
        .read(new TableName("telemetry", "run_attempts"))
        .selectExpr(
            "concat_ws('|', run_id, attempt, coalesce(outcome, ''), coalesce(status, ''),"
                + " coalesce(metrics['accuracy'], ''),"
                + " coalesce(cast(unix_seconds(ended_at) - unix_seconds(started_at) as string),"
                + " ''))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
