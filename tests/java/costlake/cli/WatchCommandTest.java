package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.cli.WatchedCompany.Pod;
import costlake.core.Failure;
import costlake.testing.PrometheusProcess;
import costlake.watch.Watch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
          new Pod(
              "search/nb-0", "label_notebook_name=\"nb\"", 4, 2, "0", 5 * HOUR_S, NOW_S + 60),
          new Pod("search/wait-0", "", 6, 1, "0.01", 6 * HOUR_S, NOW_S + 60));

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsWhatRunsAndWhatIsIdleAtThePricesOfTheNight() throws Exception {
    PrometheusProcess.assumeInstalled();
    WatchedCompany watched = new WatchedCompany(folder);
    List<String> samples = new ArrayList<>();
    samples.addAll(WatchedCompany.samples(WatchedCompany.DAY, 0, 24 * HOUR_S, PAST));
    samples.addAll(WatchedCompany.samples(DAY, 0, NOW_S + 60, NOW));
    try (PrometheusProcess prometheus = watched.serve(samples)) {
      watched.watching(prometheus);
      watched.deliver(prometheus, WatchedCompany.DAY);
      watched.bill(WatchedCompany.DAY);
      watched.company.night();
      Watch.Report report = watch(watched, WatchedCompany.at("2026-09-30T10:20:00Z"));

      show(report, "--format", "csv");
      assertThat(out.toString()).isEqualTo("");
      assertThatThrownBy(() -> show(report, "--gate")).isInstanceOf(Failure.class);
    }
  }

  private Watch.Report watch(WatchedCompany watched, Instant at) throws Exception {
    Path work = Files.createDirectories(folder.resolve("work"));
    return Watch.at(
        at,
        watched.company.session(),
        watched.company.config(),
        watched.company.lake(),
        work);
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
