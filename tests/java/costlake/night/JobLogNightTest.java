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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whole nights on job logs of two months. */
@Tag("night")
class JobLogNightTest {
  private static final String HEADER =
      "JobIDRaw|Cluster|Account|Start|End|State|AllocTRES|NodeList\n";
  private static final String FIRST_ATTEMPT =
      "7|tiny|vision|2026-09-29T10:00:00|2026-09-29T11:00:00|PREEMPTED|cpu=4,gres/gpu=2|n1\n";
  private static final String SECOND_ATTEMPT =
      "7|tiny|vision|2026-10-02T22:00:00|2026-10-03T04:00:00|COMPLETED|cpu=4,gres/gpu=2|n[1-2]\n";
  private static final String AT_MIDNIGHT =
      "8|tiny|search|2026-09-30T23:00:00|2026-10-01T02:00:00|COMPLETED|cpu=1|n1\n";
  private static final String BACKWARDS =
      "9|tiny|search|2026-09-14T10:00:00|2026-09-14T09:00:00|COMPLETED|cpu=1|n1\n";

  private static final String TRACKED = "abc,2026-09-29T10:10:00,2026-10-03T03:30:00,7,slurm,0.9\n";

  @TempDir Path folder;

  @Test
  void theOrderOfDeliveriesAndTheFormatDoNotMatter() throws IOException {
    TinyCompany late = company("late", LakeConfig.Format.ICEBERG);
    deliver(late, "2026-10", AT_MIDNIGHT + SECOND_ATTEMPT);
    late.night();
    assertThat(hours(late, "workload_hours")).anyMatch(row -> row.contains("|7|7|1|"));
    deliver(late, "2026-09", FIRST_ATTEMPT + AT_MIDNIGHT);
    late.night();
    TinyCompany atOnce = company("at-once", LakeConfig.Format.DELTA);
    deliver(atOnce, "2026-09", FIRST_ATTEMPT + AT_MIDNIGHT);
    deliver(atOnce, "2026-10", AT_MIDNIGHT + SECOND_ATTEMPT);
    atOnce.night();

    for (String table : List.of("workload_hours", "accelerator_hours")) {
      assertThat(hours(late, table)).isNotEmpty().isEqualTo(hours(atOnce, table));
    }
    assertThat(hours(late, "workload_hours"))
        .filteredOn(row -> row.startsWith("2026-10-0") && row.contains("|7|7|"))
        .hasSize(12)
        .allMatch(row -> row.contains("|7|7|2|"));
  }

  @Test
  void aRecordThatEndsBeforeItStartedIsReported() throws IOException {
    TinyCompany company = company("backwards", LakeConfig.Format.ICEBERG);
    deliver(company, "2026-09", FIRST_ATTEMPT + BACKWARDS);

    assertThat(company.night().outcomes())
        .anySatisfy(
            outcome -> {
              assertThat(outcome.subject()).contains("record_ends_after_it_started");
              assertThat(outcome.status()).isEqualTo(Outcome.Status.WARNED);
            });
    assertThat(hours(company, "workload_hours")).hasSize(1);
  }

  /** On 25 October 2026 the clocks of Berlin go back from 3 to 2. */
  @Test
  void aLocalLogWithItsZoneHasTheHoursOfTheSameLogInUtc() throws IOException {
    TinyCompany local = company("local", LakeConfig.Format.ICEBERG);
    deliver(
        local,
        "2026-10",
        """
        7|tiny|vision|2026-10-25T00:30:00|2026-10-25T03:30:00|COMPLETED|cpu=4,gres/gpu=2|n[1-2]
        8|tiny|search|2026-10-31T23:15:00|2026-11-01T01:00:00|COMPLETED|cpu=1|n1
        """);
    assertThat(local.night().outcomes())
        .filteredOn(outcome -> outcome.status() == Outcome.Status.WARNED)
        .anySatisfy(
            outcome ->
                assertThat(outcome.detail())
                    .startsWith("2 rows have times without an offset, which are read as UTC."));
    List<String> readAsUtc = hours(local, "workload_hours");
    local.replaceInSources("../exports/slurm}", "../exports/slurm, zone: Europe/Berlin}");
    local.night();
    TinyCompany utc = company("utc", LakeConfig.Format.ICEBERG);
    deliver(
        utc,
        "2026-10",
        """
        7|tiny|vision|2026-10-24T22:30:00Z|2026-10-25T02:30:00+0000|COMPLETED|cpu=4,gres/gpu=2|n[1-2]
        8|tiny|search|2026-10-31T22:15:00+0000|2026-11-01T00:00:00+0000|COMPLETED|cpu=1|n1
        """);
    assertThat(utc.night().outcomes())
        .noneSatisfy(outcome -> assertThat(outcome.detail()).contains("read as UTC"));

    for (String table : List.of("workload_hours", "accelerator_hours")) {
      assertThat(hours(local, table)).isNotEmpty().isEqualTo(hours(utc, table));
    }
    assertThat(hours(local, "accelerator_hours"))
        .as("four hours on two nodes, although the clock shows three")
        .hasSize(10)
        .filteredOn(row -> row.startsWith("2026-10-24 22:00:00|"))
        .hasSize(2)
        .allMatch(row -> row.contains("|7|7|1|1800"));
    assertThat(hours(local, "workload_hours")).isNotEqualTo(readAsUtc);
  }

  @Test
  void runsOfATrackerAreThoseOfTheirJobsInWhateverOrderTheyCome() throws IOException {
    TinyCompany late = company("late", LakeConfig.Format.ICEBERG);
    deliver(late, "2026-10", SECOND_ATTEMPT);
    late.night();
    assertThat(runs(late)).containsExactly("7|1|slurm|completed|2026-10-01|null");
    track(late, "2026-10", TRACKED);
    late.night();
    assertThat(runs(late)).containsExactly("abc|1|neotrack,slurm|completed|2026-09-01|0.9");
    deliver(late, "2026-09", FIRST_ATTEMPT);
    late.night();
    TinyCompany atOnce = company("at-once", LakeConfig.Format.ICEBERG);
    deliver(atOnce, "2026-10", SECOND_ATTEMPT);
    deliver(atOnce, "2026-09", FIRST_ATTEMPT);
    track(atOnce, "2026-10", TRACKED);
    atOnce.night();

    assertThat(runs(atOnce))
        .containsExactly(
            "abc|1|neotrack,slurm|preempted|2026-09-01|null",
            "abc|2|neotrack,slurm|completed|2026-10-01|0.9");
    assertThat(runs(late)).isEqualTo(runs(atOnce));
    assertThat(runHours(late)).hasSize(13).isEqualTo(runHours(atOnce));
    track(late, "2026-10", TRACKED.replace(",7,", ",elsewhere,"));
    late.night();
    assertThat(runHours(late)).hasSize(13).allMatch(row -> row.startsWith("7|"));
  }

  private static void track(TinyCompany company, String month, String run) {
    company.write(
        "exports/neotrack/" + month + "/runs.csv",
        "run,started,ended,pod,scheduler,accuracy\n" + run);
  }

  /** The attempts, each with run, number, platforms, status, month and accuracy. */
  private static List<String> runs(TinyCompany company) {
    return company
        .lake()
        .read(new TableName("telemetry", "run_attempts"))
        .selectExpr(
            "concat_ws('|', run_id, attempt, concat_ws(',', platforms), status, run_month,"
                + " coalesce(metrics['accuracy'], 'null'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static List<String> runHours(TinyCompany company) {
    return company
        .lake()
        .read(new TableName("telemetry", "run_hours"))
        .selectExpr(
            "concat_ws('|', run_id, attempt, hour_start, node_id, held_s, accelerator_s, claims,"
                + " linked_by)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private TinyCompany company(String name, LakeConfig.Format format) throws IOException {
    TinyCompany company = new TinyCompany(folder.resolve(name), format).until(Layer.TELEMETRY);
    company.deliver("20");
    Files.createDirectories(folder.resolve(name).resolve("exports/neotrack"));
    company.write(
        "conf/sources.yml",
        Files.readString(company.conf().resolve("sources.yml"))
            + "  - {id: batch, kind: slurm, location: ../exports/slurm}\n"
            + "  - {id: track, kind: neotrack, location: ../exports/neotrack}\n");
    return company;
  }

  private static void deliver(TinyCompany company, String month, String jobs) {
    company.write("exports/slurm/" + month + "/jobs.psv", HEADER + jobs);
  }

  /** The rows of jobs, each with hour, node, job, run, attempt and accelerator-seconds. */
  private static List<String> hours(TinyCompany company, String table) {
    Dataset<Row> rows = company.lake().read(new TableName("telemetry", table));
    String held = table.equals("workload_hours") ? "accelerator_allocated_s" : "allocated_s";
    String columns =
        Stream.of("hour_start", "node_id", "workload_id", "run_id", "attempt", held)
            .map("cast(%s as string)"::formatted)
            .collect(Collectors.joining(", "));
    return rows
        .where("scheduler = 'slurm'")
        .selectExpr("concat_ws('|', array(%s))".formatted(columns))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
