package costlake.cli;

import costlake.config.SourceKind;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.core.Plural;
import costlake.hours.Hours;
import costlake.hours.HoursReport;
import costlake.hours.HoursRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake hours} and prints what was counted and what was left out. */
@Command(
    name = "hours",
    description = {
      "Count the jobs and hours of a scheduler's log.",
      "Writes CPU, GPU and wall hours per day, queue, account and user, and the jobs. Needs no"
          + " configuration."
    },
    footer = {"", "Example: costlake hours sacct.log --from slurm --to out/"})
final class HoursCommand implements Runnable {
  private static final int DIGITS = 4;

  @Mixin CommonOptions common;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs: files or folders.")
  List<Path> paths;

  @Option(
      names = "--from",
      paramLabel = "KIND",
      description = "Scheduler that wrote the logs (default: slurm).")
  String from = "slurm";

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder to write.")
  Path to;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description =
          "Columns of logs without a header, in their order, e.g. jobidraw,cluster,start,..."
              + " (default: the order that XDMoD asks for).")
  List<String> columns = List.of();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "Time zone of the days and of times without an offset, e.g. Europe/Berlin (default:"
              + " UTC).")
  @Nullable String zone;

  @Override
  public void run() {
    HoursRequest request =
        new HoursRequest(paths, kind(), columns, zone == null ? null : parsed(zone), to);
    try (LakeSession session = LakeSession.withoutLake(common.configOrDefaults())) {
      HoursReport report =
          Hours.run(
              session.spark(), common.configOrDefaults(), request, common.console().progress());
      print(report);
      report.requireReadable();
    }
  }

  private SourceKind kind() {
    List<SourceKind> kinds = Hours.kinds();
    List<String> ids = kinds.stream().map(SourceKind::id).toList();
    return kinds.stream()
        .filter(kind -> kind.id().equals(from))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.operator(
                    "Invalid --from '%s': write %s.%s",
                    from, String.join(" or ", ids), Nearest.hint(from, ids)));
  }

  private static ZoneId parsed(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw Failure.operator(
          e, "Invalid --zone '%s': write a zone such as UTC or Europe/Berlin.", zone);
    }
  }

  private void print(HoursReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("jobs", Long.toString(report.totals().jobs())));
    rows.add(List.of("CPU-h", hours(report.totals().cpuS())));
    rows.add(List.of("GPU-h", hours(report.totals().gpuS())));
    rows.add(List.of("wall-h", hours(report.totals().wallS())));
    new ResultPrinter(common.out()).table(List.of("", "total"), rows, new boolean[] {false, true});
    common.out().println(lines(report));
    print("left out", report.leftOut());
    print("counted, but", report.doubtful());
    report
        .days()
        .ifPresent(days -> common.out().println("Days: " + days.first() + " to " + days.last()));
    report.notices().forEach(notice -> common.out().println("Note: " + notice + "."));
    report.written().forEach(file -> common.out().println("Written: " + file));
  }

  private static String lines(HoursReport report) {
    long left = report.leftOut().values().stream().mapToLong(Long::longValue).sum();
    return "%s: %d counted, %d left out"
        .formatted(Plural.of(report.rows(), "line", "lines"), report.totals().jobs(), left);
  }

  private void print(String what, Map<String, Long> counts) {
    counts.forEach(
        (reason, count) -> common.out().println("  %d %s: %s".formatted(count, what, reason)));
  }

  private static String hours(BigDecimal seconds) {
    return HoursReport.hours(seconds, DIGITS).toPlainString();
  }
}
