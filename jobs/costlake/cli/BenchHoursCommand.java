package costlake.cli;

import costlake.bench.JobLog;
import costlake.config.SourceKinds;
import costlake.core.Failure;
import costlake.core.Folders;
import costlake.hours.Hours;
import costlake.hours.HoursReport;
import costlake.hours.HoursRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake bench hours} and prints one row with the time. */
@Command(
    name = "hours",
    description = {
      "Time the hours of a generated job log.",
      "It generates a log of Slurm and counts it as the command hours does."
    },
    footer = {"", "Example: costlake bench hours --jobs 1000000"})
final class BenchHoursCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(names = "--jobs", paramLabel = "N", description = "Jobs of the log (default: 1000000).")
  long jobs = 1_000_000;

  @Override
  public void run() {
    if (jobs < 1) {
      throw Failure.operator("Cannot count %s jobs: give 1 or more", jobs);
    }
    try {
      Path folder = Files.createTempDirectory("costlake-hours");
      Path log = folder.resolve("sacct.log");
      JobLog.write(log, jobs);
      long bytes = Files.size(log);
      long start = System.nanoTime();
      HoursReport report = count(log, folder.resolve("out"));
      result(report, bytes, Duration.ofNanos(System.nanoTime() - start));
      Folders.remove(folder);
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot write to a temporary folder: check its free space and permissions");
    }
  }

  private HoursReport count(Path log, Path to) {
    HoursRequest request =
        new HoursRequest(List.of(log), SourceKinds.of("slurm"), List.of(), ZoneOffset.UTC, to);
    try (LakeSession session = LakeSession.withoutLake(common.configOrDefaults())) {
      return Hours.run(
          session.spark(), common.configOrDefaults(), request, common.console().progress());
    }
  }

  private void result(HoursReport report, long bytes, Duration time) {
    new ResultPrinter(common.out())
        .table(
            List.of("jobs", "MiB", "cores", "seconds"),
            List.of(
                List.of(
                    Long.toString(report.totals().jobs()),
                    Long.toString(bytes >> 20),
                    Integer.toString(Runtime.getRuntime().availableProcessors()),
                    "%d.%d".formatted(time.toSeconds(), time.toMillisPart() / 100))),
            new boolean[] {true, true, true, true});
  }
}
