package costlake.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.testing.Shared;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoursTest {
  /** Two jobs of 16 and 2 cores: one over midnight with 4 GPUs, one that failed. */
  private static final String HEADLESS =
      """
      101|101|tiny|gpu|normal|vision|ml|1|ann|7|2026-09-01T00:00:00|2026-09-01T00:00:00|2026-09-01T23:30:00|2026-09-02T01:15:30|01:45:30|0:0|COMPLETED|2|16|16|64G|cpu=16|billing=16,cpu=16,gres/gpu:a100=4,gres/gpu=4,mem=64G,node=2|UNLIMITED|gpu[01-02]|fit|a|b
      101.batch|101.batch|tiny||||||||2026-09-01T23:30:00|2026-09-01T23:30:00|2026-09-01T23:30:00|2026-09-02T01:15:30|01:45:30|0:0|COMPLETED|1|8|8|||cpu=8,mem=32G,node=1||gpu01|batch
      102_3|103|tiny|cpu|normal|search|ml|1|bob|8|2026-09-02T09:00:00|2026-09-02T09:00:00|2026-09-02T10:00:00|2026-09-02T10:30:00|00:30:00|1:0|FAILED|1|2|2|1G|cpu=2|billing=2,cpu=2,mem=1000M,node=1|1-00:00:00|cpu1|index
      104|104|tiny|cpu|normal|search|ml|1|bob|8|2026-09-03T10:00:00|2026-09-03T10:00:00|Unknown|2026-09-03T10:05:00|00:00:00|0:0|CANCELLED by 8|1|8|8|1G|cpu=8||1-00:00:00|None assigned|never
      """;

  private static final String DAILY =
      """
      usage_date,cluster_id,queue,account,user,jobs,cpu_h,gpu_h,wall_h
      2026-09-01,tiny,gpu,vision,ann,0,8,2,0.5
      2026-09-02,tiny,cpu,search,bob,1,1,0,0.5
      2026-09-02,tiny,gpu,vision,ann,1,20.133333333,5.033333333,1.258333333
      """;

  private static final String HEADER =
      "JobID|JobIDRaw|Cluster|Partition|QOS|Account|Group|GID|User|UID|Submit|Eligible|Start|End|"
          + "Elapsed|ExitCode|State|NNodes|NCPUS|ReqCPUS|ReqMem|ReqTRES|AllocTRES|Timelimit|"
          + "NodeList|JobName\n";

  @TempDir Path folder;

  @Test
  void splitsHoursAtMidnightAndCountsAJobOnTheDayItEnded() throws IOException {
    HoursReport report = run(log("sacct.log", HEADLESS));

    assertThat(daily()).isEqualTo(DAILY);
    assertThat(report.rows()).isEqualTo(4);
    assertThat(report.totals().jobs()).isEqualTo(2);
    assertThat(report.totals().wallS()).isEqualByComparingTo("8130");
    assertThat(report.leftOut()).isEqualTo(Map.of("did not start", 1L, "step of a job", 1L));
    assertThat(report.doubtful()).isEmpty();
    assertThat(Files.readString(folder.resolve("out/jobs.csv")))
        .isEqualTo(
            """
            cluster_id,job_id,run_id,queue,qos,account,user,group,job_name,state,started_at,ended_at,node_list,cpus,gpus,cpu_h,gpu_h,wall_h,remark,file,line
            tiny,101,101,gpu,normal,vision,ann,ml,fit|a|b,COMPLETED,2026-09-01T23:30:00Z,2026-09-02T01:15:30Z,gpu[01-02],16,4,28.133333333,7.033333333,1.758333333,,%1$s,1
            tiny,102_3,103,cpu,normal,search,bob,ml,index,FAILED,2026-09-02T10:00:00Z,2026-09-02T10:30:00Z,cpu1,2,,1,,0.5,,%1$s,3
            """
                .formatted(folder.resolve("sacct.log")));
    assertThat(Files.readString(folder.resolve("out/rejects.csv")))
        .isEqualTo(
            "file,line,counted,reason,job_id,raw\n%s,4,no,did not start,104,\n"
                .formatted(folder.resolve("sacct.log")));
  }

  @Test
  void readsALogWithAHeaderAndCompressed() throws IOException {
    Path log = folder.resolve("sacct.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
      out.write((HEADER + HEADLESS).getBytes(StandardCharsets.UTF_8));
    }

    assertThat(run(log).rows()).isEqualTo(4);
    assertThat(daily()).isEqualTo(DAILY);
  }

  @Test
  void countsAJobThatSeveralLogsOfAFolderHaveOnce() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(logs.resolve("a.log"), HEADLESS);
    Files.writeString(logs.resolve("b.psv"), HEADER + HEADLESS);

    assertThat(run(logs).leftOut())
        .isEqualTo(
            Map.of("did not start", 2L, "step of a job", 2L, "repeats an earlier record", 2L));
    assertThat(daily()).isEqualTo(DAILY);
  }

  @Test
  void readsColumnsInTheOrderThatTheUserStates() throws IOException {
    Path log =
        log(
            "sacct.psv",
            """
            vision|ann|x|101|tiny|gpu|2026-09-01T23:30:00|2026-09-02T01:15:30|COMPLETED|fit|a|gpu[01-02]|16|gres/gpu=4
            search|bob|x|103|tiny|cpu|2026-09-02T10:00:00|2026-09-02T10:30:00|FAILED|index|cpu1|2|cpu=2
            """);
    run(
        log,
        List.of(
            "Account",
            "user",
            "comment",
            "JobIDRaw",
            "cluster",
            "partition",
            "start",
            "end",
            "state",
            "jobname",
            "NodeList",
            "ncpus",
            "alloctres"));

    assertThat(daily()).isEqualTo(DAILY);
  }

  @Test
  void readsJsonOfOlderAndNewerVersions() throws IOException {
    run(
        log(
            "sacct.json",
            """
            {
              "meta": {"plugin": {"type": "openapi/dbv0.0.37"}},
              "errors": [],
              "jobs": [
                {
                  "account": "vision", "array": {"job_id": 0, "task_id": null}, "cluster": "tiny", "group": "ml", "job_id": 101,
                  "name": "fit, \\"a\\"", "nodes": "gpu[01-02]", "partition": "gpu", "qos": "normal",
                  "state": {"current": "COMPLETED", "reason": "None"},
                  "steps": [{"nodes": {"list": ["gpu01"]}, "time": {"start": 1788305400}}],
                  "time": {"elapsed": 6330, "eligible": 1788220800, "end": 1788311730, "start": 1788305400, "submission": 1788220800},
                  "tres": {"allocated": [{"type": "cpu", "name": "", "id": 1, "count": 16}, {"type": "gres", "name": "gpu", "id": 1001, "count": 4}], "requested": []},
                  "user": "ann"
                }, {
                  "account": "search", "array": {"job_id": 102, "task_id": {"set": true, "infinite": false, "number": 3}}, "cluster": "tiny", "job_id": 103,
                  "name": "index", "nodes": "cpu1", "partition": "cpu", "state": {"current": ["FAILED"], "reason": "NonZeroExitCode"},
                  "time": {"elapsed": {"number": 1800}, "end": {"set": true, "number": 1788345000}, "start": {"set": true, "number": 1788343200}},
                  "tres": {"allocated": [{"type": "cpu", "name": "", "id": 1, "count": 2}], "requested": []},
                  "user": "bob"
                },
                {"cluster": "tiny", "job_id": 104, "nodes": "None assigned", "state": {"current": ["PENDING"]}, "time": {"start": 0, "end": 0}, "tres": {}}
              ],
              "warnings": []
            }
            """));

    assertThat(daily()).isEqualTo(DAILY);
    assertThat(Files.readAllLines(folder.resolve("out/jobs.csv")))
        .anySatisfy(line -> assertThat(line).contains("\"fit, \"\"a\"\"\"").endsWith(",5"))
        .anySatisfy(line -> assertThat(line).contains("102_3,103"));
    assertThat(Files.readString(folder.resolve("out/rejects.csv")))
        .contains(",20,no,did not start");
  }

  @Test
  void refusesAJsonDocumentThatIsCut() throws IOException {
    Path log =
        log(
            "sacct.json",
            """
            {"jobs": [
            {"job_id": 1, "time": {}, "state": {}, "tres": {}, "nodes": ""},
            """);

    assertThatThrownBy(() -> run(log))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the list or object around its last value does not end")
        .hasMessageContaining("deliver it again");
    assertThat(folder.resolve("out/daily.csv")).doesNotExist();
  }

  @Test
  void namesEachLineThatIsNotCountedAndWhy() throws IOException {
    Path log =
        log(
            "bad.log",
            line("1", "2026-09-01T10:00:00", "2026-09-01T11:00:00", "01:00:00", "COMPLETED", "n1")
                + line(
                    "2",
                    "2026-09-01T10:00:00",
                    "2026-09-01T09:00:00",
                    "00:30:00",
                    "COMPLETED",
                    "n1")
                + line("3", "2026-09-01T10:00:00", "2026-09-01T09:00:00", "", "COMPLETED", "n1")
                + line("4", "2023-09-01T10:00:00", "2026-09-01T09:00:00", "", "COMPLETED", "n1")
                + line("5", "2026-09-01T10:00:00", "2026-09-01T11:00:00", "", "COMPLETED", "")
                + line("6", "2026-09-01T10:00:00", "2026-09-01T11:00:00", "", "MELTED", "n1")
                + line("7", "2026-09-01T10:00:00", "2026-09-01T11:00:00", "", "REQUEUED", "n1")
                + line("8", "yesterday", "2026-09-01T11:00:00", "", "COMPLETED", "n1")
                + line(
                    "1",
                    "2026-09-01T10:00:00",
                    "2026-09-01T11:00:00",
                    "01:00:00",
                    "COMPLETED",
                    "n2")
                + "9|9|tiny|gpu|normal|visi\n");

    HoursReport report = run(log);

    assertThat(report.rows()).isEqualTo(10);
    assertThat(report.totals().jobs()).isEqualTo(3);
    assertThat(report.totals().wallS()).isEqualByComparingTo("9000");
    assertThat(report.leftOut())
        .isEqualTo(
            Map.of(
                "ended before it started", 1L,
                "lasted more than 400 days", 1L,
                "has the unknown state MELTED", 1L,
                "is REQUEUED", 1L,
                "repeats an earlier record", 1L,
                "cannot be read", 2L));
    assertThat(report.doubtful())
        .isEqualTo(
            Map.of(
                "it ended before it started: its start is its end less Elapsed", 1L,
                "it names no nodes", 1L));
    assertThat(
            Files.readAllLines(folder.resolve("out/rejects.csv")).stream()
                .skip(1)
                .map(reject -> reject.substring(log.toString().length() + 1)))
        .containsExactly(
            "8,no,start is not a date or time: 'yesterday',,\""
                + line("8", "yesterday", "2026-09-01T11:00:00", "", "COMPLETED", "n1").strip()
                + "\"",
            "10,no,6 fields and not 26,,9|9|tiny|gpu|normal|visi",
            "2,yes,it ended before it started: its start is its end less Elapsed,2,",
            "3,no,ended before it started,3,",
            "4,no,lasted more than 400 days,4,",
            "5,yes,it names no nodes,5,",
            "6,no,has the unknown state MELTED,6,",
            "7,no,is REQUEUED,7,",
            "9,no,repeats an earlier record,1,");
  }

  @Test
  void takesTimesAndDaysInTheZoneOfTheCluster() throws IOException {
    Path log =
        log(
            "sacct.log",
            line("1", "2026-10-25T00:30:00", "2026-10-25T03:30:00", "", "COMPLETED", "n1"));
    Hours.run(
        session(),
        config(),
        new HoursRequest(
            List.of(log), SourceKinds.of("slurm"), List.of(), ZoneId.of("Europe/Berlin"), out()),
        Progress.SILENT);

    // the clock goes back at three o'clock, so that three and a half hours by the clock are four
    // more
    assertThat(daily()).contains("2026-10-25,tiny,gpu,vision,ann,1,8,0,4\n");
  }

  @Test
  void theZoneDoesNotApplyToTimesWithAnOffset() throws IOException {
    Path log =
        log(
            "sacct.log",
            line(
                "1",
                "2026-10-25T00:30:00+0200",
                "2026-10-25T03:30:00+0100",
                "",
                "COMPLETED",
                "n1"));
    HoursReport report =
        Hours.run(
            session(),
            config(),
            new HoursRequest(
                List.of(log),
                SourceKinds.of("slurm"),
                List.of(),
                ZoneId.of("Europe/Berlin"),
                out()),
            Progress.SILENT);

    assertThat(daily()).contains("2026-10-25,tiny,gpu,vision,ann,1,8,0,4\n");
    assertThat(report.notices()).isEmpty();
  }

  @Test
  void saysHowManyLinesHaveTimesThatAreReadAsUtc() throws IOException {
    Path log =
        log(
            "sacct.log",
            line("1", "2026-09-01T10:00:00Z", "2026-09-01T11:00:00Z", "", "COMPLETED", "n1")
                    .replace("2026-09-01T00:00:00|", "2026-09-01T00:00:00Z|")
                + line("2", "2026-09-01T10:00:00", "2026-09-01T11:00:00", "", "COMPLETED", "n1"));
    HoursReport report =
        Hours.run(
            session(),
            config(),
            new HoursRequest(List.of(log), SourceKinds.of("slurm"), List.of(), null, out()),
            Progress.SILENT);

    assertThat(report.notices())
        .containsExactly(
            "slurm files: 1 row has times without an offset, which are read as UTC. State"
                + " their zone, e.g. zone: Europe/Berlin or zone: UTC, at the source in"
                + " sources.yml (hours: --zone)");
    assertThat(daily()).contains("2026-09-01,tiny,gpu,vision,ann,2,4,0,2\n");
  }

  @Test
  void aLogOfFixedWidthIsRefusedWithTheOptionThatPrintsIt() throws IOException {
    Path log =
        log(
            "fixed.log",
            """
                   JobID    JobIDRaw    Cluster               Start                 End      State
            ------------ ----------- ---------- ------------------- ------------------- ----------
            1            1           tiny       2026-09-01T00:00:00 2026-09-01T01:00:00  COMPLETED
            """);
    assertThatThrownBy(() -> run(log))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("sacct --parsable2");
  }

  @Test
  void refusesToOverwrite() throws IOException {
    Path log = log("sacct.log", HEADLESS);
    run(log);

    assertThatThrownBy(() -> run(log))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("daily.csv: it already exists");
  }

  @Test
  void refusesAColumnThatOccursTwice() throws IOException {
    Path log = log("sacct.log", HEADLESS);

    assertThatThrownBy(() -> run(log, List.of("JobID", "start", "job_id")))
        .hasMessage("Invalid --columns: 'job_id' occurs twice. Name each column once.");
    assertThatThrownBy(() -> run(log, List.of("a", "b"))).hasMessageContaining("none of them");
  }

  @Test
  void equalsThePublishedResultsOfXdmod() throws IOException {
    Path data = Shared.path("data/slurm-xdmod");

    HoursReport report = run(data.resolve("phillips.log.gz"));

    assertThat(report.rows()).isEqualTo(4285);
    assertThat(report.totals().jobs()).isEqualTo(4046);
    assertThat(HoursReport.hours(report.totals().cpuS(), 4)).isEqualTo("11767.9883");
    assertThat(HoursReport.hours(report.totals().gpuS(), 4)).isEqualTo("506.9128");
    assertThat(HoursReport.hours(report.totals().wallS(), 4)).isEqualTo("438.8203");
    assertThat(report.leftOut()).isEqualTo(Map.of("did not start", 239L));
    assertThat(cells()).isEqualTo(published(data.resolve("phillips_expected_daily.csv")));
  }

  @Test
  void namesLinesWithAbsurdTimesAndSizes() throws IOException {
    String start = "2026-09-01T10:00:00";
    String end = "2026-09-01T11:00:00";
    HoursReport report =
        run(
            log(
                "sacct.log",
                line("1", start, end, "01:00:00", "COMPLETED", "n1")
                    + line("2", start, "9999-12-31T00:00:00", "01:00:00", "COMPLETED", "n1")
                    + line("3", "0001-01-01T00:00:00", end, "01:00:00", "COMPLETED", "n1")
                    + line("4", start, end, "01:00:00", "COMPLETED", "n" + "[1]".repeat(20_000))
                    + line("5", start, end, "1", "COMPLETED", "n1")
                        .replace(
                            "|cpu=2,node=1|",
                            "|cpu=99999999999999999,mem=99999999999999999P,gres/gpu=999999999999|")
                        .replace("|2|2|1G", "|99999999999999999|2|1G")
                    + line("6", "Unknown", end, "999999999999", "COMPLETED", "n1")));

    assertThat(report.totals().jobs()).isEqualTo(2);
    assertThat(report.leftOut())
        .isEqualTo(
            Map.of(
                "cannot be read", 2L,
                "holds more than any cluster has", 1L,
                "is not between 2000 and 2099", 1L));
    assertThat(Files.readString(out().resolve("rejects.csv")))
        .contains(",2,no,end is not between 2000 and 2099: '9999-12-31T00:00:00'");
    assertThatThrownBy(report::requireReadable)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("Cannot count 2 lines: rejects.csv says why and where");
  }

  /** Sums of daily.csv over queues, accounts and users. */
  private Map<String, BigDecimal> cells() throws IOException {
    Map<String, BigDecimal> cells = new TreeMap<>();
    List<String> lines = daily().lines().toList();
    for (String line : lines.subList(1, lines.size())) {
      String[] cell = line.split(",", -1);
      add(cells, cell[0] + " job_count", cell[5]);
      add(cells, cell[0] + " total_cpu_hours", cell[6]);
      add(cells, cell[0] + " total_gpu_hours", cell[7]);
      add(cells, cell[0] + " total_wallduration_hours", cell[8]);
    }
    cells.replaceAll((key, sum) -> sum.setScale(4, RoundingMode.HALF_UP));
    return cells;
  }

  private static void add(Map<String, BigDecimal> cells, String key, String value) {
    cells.merge(key, new BigDecimal(value), BigDecimal::add);
  }

  private static Map<String, BigDecimal> published(Path results) throws IOException {
    Map<String, BigDecimal> figures = new TreeMap<>();
    List<String> lines = Files.readAllLines(results);
    for (String line : lines.subList(1, lines.size())) {
      String[] cell = line.split(",", -1);
      figures.put(cell[0] + " " + cell[1], new BigDecimal(cell[2]).setScale(4));
    }
    assertThat(figures).hasSize(44);
    return figures;
  }

  private static String line(
      String id, String start, String end, String elapsed, String state, String nodes) {
    return String.join(
            "|",
            id,
            id,
            "tiny",
            "gpu",
            "normal",
            "vision",
            "ml",
            "1",
            "ann",
            "7",
            "2026-09-01T00:00:00",
            "2026-09-01T00:00:00",
            start,
            end,
            elapsed,
            "0:0",
            state,
            "1",
            "2",
            "2",
            "1G",
            "cpu=2",
            "cpu=2,node=1",
            "UNLIMITED",
            nodes,
            "fit")
        + "\n";
  }

  private Path log(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private String daily() throws IOException {
    return Files.readString(out().resolve("daily.csv"));
  }

  private Config config() {
    return Config.defaults(folder.resolve("conf"));
  }

  private static SparkSession session() {
    return SparkHarness.spark().newSession();
  }

  private HoursReport run(Path log) {
    return run(log, List.of());
  }

  private HoursReport run(Path log, List<String> columns) {
    return Hours.run(
        session(),
        config(),
        new HoursRequest(List.of(log), SourceKinds.of("slurm"), columns, ZoneId.of("UTC"), out()),
        Progress.SILENT);
  }
}
