package costlake.cli;

import costlake.config.Config;
import costlake.lake.Lake;
import costlake.lake.Publication;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Show the state of the lake and what needs attention.",
    footer = {"", "Example: costlake status --conf demo/conf"})
final class StatusVerb implements Runnable {
  private static final String NO_NIGHT =
      "No night has run yet. Begin with: costlake night --conf DIR";

  @Mixin Common common;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table).")
  ResultPrinter.Format format = ResultPrinter.Format.TABLE;

  @Option(
      names = "--json",
      description = "One JSON document for monitoring; docs/operations.md names its keys.")
  boolean json;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description =
          "Write metrics to FILE.prom, for the textfile collector of Prometheus' node_exporter.")
  Path metrics;

  @Override
  public void run() {
    Config config = common.config();
    if (!Lake.exists(config.lake())) {
      withoutLake(config);
      return;
    }
    try (Engine engine = Engine.open(config)) {
      engine.withTables(table -> table.startsWith("ops."));
      if (json || metrics != null) {
        monitor(LakeStatus.of(config, engine.lake(), engine.spark(), Instant.now()));
        return;
      }
      if (!engine.spark().catalog().tableExists("ops.runs")) {
        common.out().println(NO_NIGHT);
        return;
      }
      engine.lake().publication().ifPresent(this::publication);
      print(
          engine,
          "select run_id, verb, period, status, started_at, duration_ms / 1000 as seconds, message"
              + " from ops.runs"
              + " order by %s limit 5".formatted(LakeStatus.LAST_FIRST));
      print(
          engine,
          "select step, subject, status, rows, money, detail, duration_ms / 1000 as seconds from"
              + " ops.outcomes where run_id = (select run_id from ops.runs order by "
              + LakeStatus.LAST_FIRST
              + " limit 1)"
              + " and (step <> 'audit' or status <> 'done') order by position");
      warnings(Warning.of(config, engine.lake(), engine.spark()));
      mails(engine);
    }
  }

  private void warnings(List<Warning> warnings) {
    if (!warnings.isEmpty()) {
      new ResultPrinter(common.data())
          .print(
              format,
              List.of("warning", "detail"),
              warnings.stream().map(w -> RowFactory.create(w.subject(), w.detail())).iterator());
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
      Metrics.write(status, metrics);
    }
    if (json) {
      common.out().println(status.json());
    }
  }

  /** How the mails of the latest month stand, and whatever needs a person, of any month. */
  private void mails(Engine engine) {
    if (!engine.spark().catalog().tableExists("ops.mail_outbox")) {
      return;
    }
    engine
        .spark()
        .sql(
            "select message_id, max_by(struct(*), change) as last from ops.mail_outbox group by"
                + " message_id")
        .select("last.*")
        .createOrReplaceTempView("mails");
    print(
        engine,
        "select billing_month, state, count(*) as mails, max(changed_at) as last_change from mails"
            + " where billing_month = (select max(billing_month) from mails)"
            + " group by billing_month, state order by state");
    print(
        engine,
        "select state, statement_id, message_id, recipients, recipient, detail, changed_at from"
            + " mails where state in ('sending', 'doubtful', 'failed', 'bounced') order by"
            + " changed_at");
  }

  private void publication(Publication publication) {
    common
        .console()
        .say(
            "Publication %d of %s, %d tables from %d deliveries"
                .formatted(
                    publication.sequence(),
                    publication.at(),
                    publication.versions().size(),
                    publication.deliveries().size()));
  }

  private void print(Engine engine, String query) {
    Dataset<Row> rows = engine.spark().sql(query);
    new ResultPrinter(common.data())
        .print(format, Arrays.asList(rows.columns()), rows.toLocalIterator());
  }
}
