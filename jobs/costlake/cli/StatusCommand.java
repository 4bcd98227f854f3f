package costlake.cli;

import static org.apache.spark.sql.functions.col;

import costlake.config.Config;
import costlake.core.PlainText;
import costlake.lake.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake status}: prints the state of the lake as a page, JSON or metrics. */
@Command(
    name = "status",
    description = "Show the state of the lake and what needs attention.",
    footer = {"", "Example: costlake status --conf demo/conf"})
final class StatusCommand implements Runnable {
  static final String NO_NIGHT = "No night has run yet. Begin with: costlake night --conf DIR";

  @Mixin CommonOptions common;

  @Option(
      names = "--steps",
      description = "Also show the last five runs, and each step of the last one.")
  boolean steps;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Tables of --steps as table, csv or json (default: table).")
  ResultPrinter.Format format = ResultPrinter.Format.TABLE;

  @Option(
      names = "--json",
      description = "Print one JSON document for monitoring; docs/operations.md lists its keys.")
  boolean json;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description =
          "Write metrics to FILE.prom, for the textfile collector of Prometheus' node_exporter.")
  @Nullable Path metrics;

  @Override
  public void run() {
    Config config = common.config();
    if (!Lake.exists(config.lake())) {
      withoutLake(config);
      return;
    }
    try (LakeSession session = LakeSession.open(config)) {
      session.withTables(table -> table.startsWith("ops."));
      show(config, session.lake(), session.spark());
    }
  }

  /** Shows the status of a lake whose {@code ops} tables are registered. */
  void show(Config config, Lake lake, SparkSession spark) {
    LakeStatus status = LakeStatus.of(config, lake, spark, Instant.now());
    if (json || metrics != null) {
      monitor(status);
    } else if (status.lastRun() == null) {
      common.out().println(NO_NIGHT);
    } else {
      page(config, spark, status);
    }
  }

  private void page(Config config, SparkSession spark, LakeStatus status) {
    StatusPage.lines(config, status, UnresolvedMail.of(spark)).stream()
        .map(PlainText::line)
        .forEach(common.out()::println);
    LakeStatus.LastRun run = status.lastRun();
    if (run == null) {
      return;
    }
    if (steps) {
      steps(spark, run.runId());
    } else {
      common.console().say("The steps of the last run: costlake status --steps");
    }
  }

  private void steps(SparkSession spark, String runId) {
    print(
        spark.sql(
            "select run_id, verb, period, status, started_at, duration_ms / 1000 as seconds,"
                + " message from ops.runs"
                + " order by %s limit 5".formatted(LakeStatus.LAST_FIRST)));
    if (spark.catalog().tableExists("ops.outcomes")) {
      print(
          spark
              .table("ops.outcomes")
              .where(col("run_id").equalTo(runId))
              .where("step <> 'audit' or status <> 'done'")
              .orderBy("position")
              .selectExpr(
                  "step",
                  "subject",
                  "status",
                  "rows",
                  "money",
                  "detail",
                  "duration_ms / 1000 as seconds"));
    }
  }

  private void withoutLake(Config config) {
    if (json || metrics != null) {
      monitor(LakeStatus.none(config, Instant.now()));
    } else {
      common.out().println(NO_NIGHT);
    }
  }

  private void monitor(LakeStatus status) {
    if (metrics != null) {
      LakeMetrics.write(status, metrics);
    }
    if (json) {
      common.out().println(status.json());
    }
  }

  private void print(Dataset<Row> rows) {
    new ResultPrinter(common.data())
        .print(format, Arrays.asList(rows.columns()), rows.toLocalIterator());
  }
}
