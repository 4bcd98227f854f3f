package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.cli.WatchedCompany.Pod;
import costlake.core.Failure;
import costlake.testing.PrometheusProcess;
import costlake.watch.Finding;
import costlake.watch.Watch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Watches a cluster by a real Prometheus, with the prices of a real night. */
@Tag("night")
class WatchCommandTest {
  private static final int HOUR_S = 3600;
  static final LocalDate DAY = LocalDate.of(2026, 9, 30);

  /** Three runs of one accelerator and six hours. */
  static final List<Pod> PAST =
      List.of(
          new Pod("vision/fit-1-0", "PyTorchJob fit-1", 0, 1, "0.9", 0, 6 * HOUR_S),
          new Pod("vision/fit-2-0", "PyTorchJob fit-2", 1, 1, "0.9", 0, 6 * HOUR_S),
          new Pod("vision/fit-3-0", "PyTorchJob fit-3", 2, 1, "0.9", 0, 6 * HOUR_S));

  static final int NOW_S = 10 * HOUR_S + 20 * 60;

  static final List<Pod> NOW =
      List.of(
          new Pod("vision/fit-9-0", "PyTorchJob fit-9", 0, 4, "0.75", 5 * HOUR_S, NOW_S + 60),
          new Pod("search/nb-0", "label_notebook_name=\"nb\"", 4, 1, "0", 5 * HOUR_S, NOW_S + 60),
          new Pod("search/short-0", "", 5, 1, "0.5", 6 * HOUR_S, 8 * HOUR_S),
          new Pod("search/wait-0", "", 6, 1, "0.01", 6 * HOUR_S, NOW_S + 60));

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private WatchedCompany watched;

  @Test
  void estimatesAtThePricesOfTheNightUntilABillSaysOtherwise() throws Exception {
    PrometheusProcess.assumeInstalled();
    watched = new WatchedCompany(folder);
    List<String> samples = new ArrayList<>();
    samples.addAll(WatchedCompany.samples(WatchedCompany.DAY, 0, 24 * HOUR_S, PAST));
    samples.addAll(WatchedCompany.samples(DAY, 0, NOW_S + 60, NOW));
    try (PrometheusProcess prometheus = watched.serve(samples)) {
      watched.watching(prometheus);
      watched.deliver(prometheus, WatchedCompany.DAY);
      watched.bill(WatchedCompany.DAY);
      watched.company.night();
      watch("2026-09-30T09:20:00Z");
      printsWhatRunsAndWhatIsFound(watch("2026-09-30T10:20:00Z"));
      recordsEachHourOnce();
      leavesOutWhatIsKnown();
      watched.deliver(prometheus, DAY);
      watched.bill(DAY, 6, 9);
      watched.company.night();
      comparesWithTheBill();
    }
  }

  /** The node costs 1.25 per accelerator-hour; the last samples are valid until 10:25. */
  private void printsWhatRunsAndWhatIsFound(Watch.Report report) {
    assertThatThrownBy(() -> show(report, "--format", "csv", "--gate"))
        .isInstanceOf(Failure.class)
        .hasMessage("The watch has 4 finding(s).");
    assertThat(out)
        .hasToString(
            """
            team,project,workload,kind,accelerators,used_percent,per_hour,since,so_far
            vision,ranker,vision/fit-9-0,training job,4 A100 40GB,75,USD 5.00,2026-09-30T05:00:00Z,USD 27.08
            search,,search/nb-0,notebook,1 A100 40GB,0,USD 1.25,2026-09-30T05:00:00Z,USD 6.77
            search,,search/wait-0,pod,1 A100 40GB,1,USD 1.25,2026-09-30T06:00:00Z,USD 5.52
            costly-run/train/vision/fit-9 (vision), since 2026-09-30T05:00:00Z, USD 27.08 so far. The costliest of 3 earlier runs of project ranker cost USD 7.12. Ask whether it still learns, and stop it if not.
            forgotten-notebook/search/nb-0 (search), since 2026-09-30T05:00:00Z, USD 6.77 so far. It holds 1 A100 40GB and used 0% of them in the last 4 hours, which cost USD 5.52. Save the work and stop the notebook; its files stay if they are on a volume.
            free-accelerators/train/A100-40GB (no team), since 2026-09-30T06:00:00Z, USD 5.00 so far. At least 1 A100 40GB were held by nobody in the last 4 hours. Remove nodes, or let a queue start more work on them.
            idle-accelerators/search/wait-0 (search), since 2026-09-30T06:00:00Z, USD 5.52 so far. It holds 1 A100 40GB and used 1% of them in the last 4 hours, which cost USD 5.52. Stop it, or find out what it waits for.
            """);
    assertThat(err.toString())
        .contains("Costs are estimates. Prices: A100 40GB: USD 1.25 an hour, of 2026-09-30.");
  }

  private void recordsEachHourOnce() throws Exception {
    String byWorkload =
        "select coalesce(workload_id, 'free') as workload, team_id, count(*), cast(sum(estimated_cost) as decimal(9,2)), max(is_estimated)"
            + " from governance.watch_hours group by all order by workload, team_id desc";
    // five hours of eight accelerators at 1.25 are 50
    assertThat(ask(byWorkload))
        .containsExactly(
            "[free,null,5,11.25,true]",
            "[search/nb-0,search,5,6.25,true]",
            "[search/short-0,search,2,2.50,true]",
            "[search/wait-0,search,4,5.00,true]",
            "[vision/fit-9-0,vision,5,25.00,true]");
    watch("2026-09-30T10:20:00Z");
    assertThat(ask("select max(watch), count(*) from ops.watched_hours")).containsExactly("[1,21]");

    watched.company.write(
        "conf/owners.yml",
        watched.owners().replace("assign: {team: search}", "assign: {team: platform}"));
    watch("2026-09-30T10:20:00Z");
    assertThat(ask(byWorkload))
        .contains("[search/nb-0,platform,4,5.00,true]", "[search/nb-0,search,1,1.25,true]");
    assertThat(ask("select sum(estimated_cost) = 50 from governance.watch_hours"))
        .containsExactly("[true]");
    watched.company.write("conf/owners.yml", watched.owners());
    watch("2026-09-30T10:20:00Z");
    assertThat(ask("select max(watch), count(*) from ops.watched_hours")).containsExactly("[3,57]");
  }

  private void leavesOutWhatIsKnown() throws Exception {
    Instant now = Instant.parse("2026-09-30T10:25:00Z");
    Watch.know(watched.company.lake(), "forgotten-notebook/search/nb-0", "ann", "a demo", now);
    assertThat(watch("2026-09-30T10:20:00Z").findings())
        .extracting(Finding::rule)
        .containsExactly("costly run", "free accelerators", "idle accelerators");
    assertThat(ask("select finding, reason, actor, known_until from ops.known_findings"))
        .containsExactly("[forgotten-notebook/search/nb-0,a demo,ann,2026-10-07 10:25:00.0]");
  }

  /** An hour of the node costs 10, of which 95 % is split over the eight accelerators. */
  private void comparesWithTheBill() throws Exception {
    assertThat(
            ask(
                "select usage_date, billing_currency, workloads, cast(estimated_cost as decimal(9,4)),"
                    + " cast(allocated_cost as decimal(9,4)), cast(difference as decimal(9,4)), difference_ratio"
                    + " from governance.watch_accuracy"))
        .containsExactly("[2026-09-30,USD,1,2.5000,2.3750,0.1250,0.052631579]");
    assertThat(WatchCommand.accuracy(session()))
        .isEqualTo(
            " Estimates of 2026-09-30: USD 2.50; bills say USD 2.38 (workloads that both cover: 1).");
    watch("2026-09-30T10:20:00Z");
    assertThat(ask("select count(*) from ops.watched_hours")).containsExactly("[57]");
  }

  private Watch.Report watch(String at) throws Exception {
    return Watch.at(
        Instant.parse(at),
        watched.company.session(),
        watched.company.config(),
        watched.company.lake(),
        Files.createTempDirectory(folder, "work"));
  }

  private LakeSession session() {
    return LakeSession.in(watched.company.session(), watched.company.config());
  }

  private List<String> ask(String sql) {
    LakeSession session = session().withTables(table -> table.matches("(governance.watch|ops.).*"));
    return session.spark().sql(sql).collectAsList().stream().map(Row::toString).toList();
  }

  private void show(Watch.Report report, String... options) {
    WatchCommand command = new WatchCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options);
    command.show(report, "");
  }
}
