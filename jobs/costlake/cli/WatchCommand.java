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
import java.util.stream.Collectors;
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
      "Show what runs now, what it burns, and what is idle.",
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

  private static final String ACCURACY = "governance.watch_accuracy";

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Watch an earlier moment, e.g. 2026-09-14T10:00:00Z (default: now).")
  @Nullable String at;

  @Option(names = "--gate", description = "Exit with 2 if anything is found.")
  boolean gate;

  @Option(
      names = "--know",
      paramLabel = "FINDING",
      description = "Record that you know about a finding. Watches leave it out for a week.")
  @Nullable String know;

  @Option(names = "--why", paramLabel = "TEXT", description = "With --know: the reason.")
  @Nullable String why;

  @Override
  public void run() {
    Instant moment = moment();
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      if (know == null) {
        show(watch(moment, session, config), accuracy(session));
      } else {
        know(session.lake(), know, moment);
      }
    }
  }

  private void know(Lake lake, String finding, Instant now) {
    if (why == null || why.isBlank()) {
      throw Failure.operator("Cannot record %s without a reason. Add --why TEXT", finding);
    }
    Instant until = Watch.know(lake, finding, CommonOptions.actor(), why, now);
    common.out().println("Watches leave out " + finding + " until " + until + ".");
  }

  /** Says how far the estimates of the last day that bills cover were from the bills. */
  static String accuracy(LakeSession session) {
    session.withTables(ACCURACY::equals);
    if (!session.spark().catalog().tableExists(ACCURACY)) {
      return "";
    }
    return session
        .spark()
        .sql(
            """
            select * from %s where usage_date = (select max(usage_date) from %1$s)
            order by billing_currency"""
                .formatted(ACCURACY))
        .collectAsList()
        .stream()
        .map(WatchCommand::accuracy)
        .collect(Collectors.joining());
  }

  private static String accuracy(Row day) {
    String currency = day.getAs("billing_currency");
    return " Estimates of %s: %s; bills say %s (workloads that both cover: %d)."
        .formatted(
            day.getAs("usage_date"),
            new Cost(currency, day.getAs("estimated_cost")),
            new Cost(currency, day.getAs("allocated_cost")),
            day.<Long>getAs("workloads"));
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

  /**
   * Prints what a watch found.
   *
   * @param accuracy what is known of earlier estimates
   */
  void show(Watch.Report report, String accuracy) {
    Iterator<Row> rows = report.watched().running().stream().map(WatchCommand::row).iterator();
    new ResultPrinter(common.data()).print(format.chosen, COLUMNS, rows);
    report.findings().forEach(finding -> common.out().println(line(finding)));
    common
        .console()
        .say("Costs are estimates. Prices: " + String.join("; ", report.prices()) + "." + accuracy);
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
    return "%s (%s), since %s, %s so far. %s %s"
        .formatted(
            finding.id(),
            Objects.requireNonNullElse(finding.team(), "no team"),
            finding.since(),
            Objects.requireNonNullElse(text(finding.soFar()), "unknown cost"),
            finding.what(),
            finding.advice());
  }
}
