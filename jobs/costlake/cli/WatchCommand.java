package costlake.cli;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.lake.Lake;
import costlake.watch.Cost;
import costlake.watch.Finding;
import costlake.watch.Watch;
import costlake.watch.Workload;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake watch}: prints what runs now and what somebody should look at. */
@Command(
    name = "watch",
    description = {
      "Show what runs now, what it burns an hour, and what is idle or forgotten.",
      "Reads the live Prometheus of each cluster, and the prices of the last night. All costs are"
          + " estimates."
    },
    footer = {"", "Example: costlake watch --conf DIR --gate"})
final class WatchCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of(
          "team",
          "project",
          "workload",
          "kind",
          "accelerators",
          "used_percent",
          "per_hour",
          "since",
          "so_far");

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Watch an earlier moment, e.g. 2026-09-14T10:00:00Z (default: now).")
  @Nullable String at;

  @Option(names = "--gate", description = "Exit with 2 if anything is found.")
  boolean gate;

  @Override
  public void run() {
    Instant moment = moment();
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      show(watch(moment, session, config));
    }
  }

  private static Watch.Report watch(Instant moment, LakeSession session, Config config) {
    try {
      Path folder = Files.createTempDirectory("watch");
      return Watch.at(moment, session.spark(), config, session.lake(), folder);
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot write to the folder for temporary files: %s", FileErrors.why(e));
    }
  }

  private Instant moment() {
    try {
      return at == null ? Instant.now(Clock.systemUTC()) : Instant.parse(at);
    } catch (DateTimeException e) {
      throw Failure.operator(e, "Cannot read the time '%s': write e.g. 2026-09-14T10:00:00Z", at);
    }
  }

  /** Prints what a watch found. */
  void show(Watch.Report report) {
    Iterator<Row> rows = report.watched().running().stream().map(WatchCommand::row).iterator();
    new ResultPrinter(common.data()).print(format.chosen, COLUMNS, rows);
    report.findings().forEach(finding -> common.out().println(line(finding)));
    common.console().say("Costs are estimates. Prices: " + String.join("; ", report.prices()));
    if (!report.failures().isEmpty()) {
      report.failures().stream().skip(1).forEach(f -> common.console().say(f.getMessage()));
      throw report.failures().get(0);
    }
    if (gate && !report.findings().isEmpty()) {
      throw Failure.operator("The watch has %d finding(s).", report.findings().size());
    }
  }

  private static Row row(Workload workload) {
    return RowFactory.create(
        workload.team(),
        workload.project(),
        workload.id(),
        workload.kind(),
        workload.accelerators(),
        workload
            .recent()
            .utilisation()
            .map(used -> used.movePointRight(2).setScale(1, RoundingMode.HALF_UP))
            .orElse(null),
        text(workload.perHour()),
        workload.since().toString(),
        text(workload.soFar()));
  }

  private static @Nullable String text(@Nullable Cost cost) {
    return cost == null ? null : cost.toString();
  }

  private static String line(Finding finding) {
    return "%s: %s (%s), since %s, %s so far. %s %s"
        .formatted(
            finding.rule(),
            finding.subject(),
            Objects.requireNonNullElse(finding.team(), "no team"),
            finding.since(),
            Objects.requireNonNullElse(text(finding.soFar()), "unknown cost"),
            finding.what(),
            finding.advice());
  }
}
