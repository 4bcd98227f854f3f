package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.deliver.Mail;
import costlake.deliver.MailChannel;
import costlake.deliver.Threshold;
import costlake.deliver.ThresholdChannel;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Partitioning;
import costlake.lake.RunLog;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.night.TinyCompany;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Reads the status of a lake with several runs and mails. */
class LakeStatusTest {
  private static final Instant LANDED = Instant.parse("2026-09-30T03:00:00Z");
  private static final Instant ASKED = LANDED.plusSeconds(90_000);

  @TempDir Path folder;

  @Test
  void readsTheStateOfALake() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    // All sessions of a process share their views, so this test could read the views of another
    // test's lake.
    company.session().sql("drop database if exists spark_catalog.ops cascade");
    assertThat(status(company))
        .satisfies(empty -> assertThat(empty.lastRun()).isNull())
        .satisfies(empty -> assertThat(empty.publication()).isNull())
        .satisfies(empty -> assertThat(empty.sources()).hasSize(3))
        .satisfies(empty -> assertThat(empty.sources().get(0).ageS()).isNull());

    publish(company.lake(), company.session());
    LakeStatus status = status(company);
    assertThat(status.publication().number()).isEqualTo(1);
    assertThat(status.publication().tables()).isEqualTo(1);
    assertThat(status.unfinishedPublication()).isNull();
    assertThat(status.sources().get(0))
        .isEqualTo(
            new LakeStatus.SourceState(
                "aws-payer", "aws-cur", 1, "2026-09-01", LANDED, 90_000L, 1));
    assertThat(status.sources().get(1).deliveries()).isZero();
    assertThat(status.lastRun().runId()).isEqualTo("night-2");
    assertThat(status.lastRun().status()).isEqualTo("failed");
    assertThat(status.lastRun().steps())
        .containsOnly(Map.entry("done", 1L), Map.entry("failed", 1L));
    assertThat(status.lastRun().problems())
        .containsExactly(new LakeStatus.Problem("audit", "ties", "failed", "1 row"));
    assertThat(status.warnings())
        .extracting(Warning::subject)
        .containsExactly("gcp", "focus_advisory_rules");
    assertThat(status.warnings().get(0).detail())
        .startsWith("no longer in sources.yml, but its deliveries still count: 1 delivery");
    assertThat(status.warnings().get(1)).isEqualTo(new Warning("focus_advisory_rules", "2 rows"));
    assertThat(status.mails()).containsEntry("doubtful", 1L).containsEntry("sending", 0L);
    assertThat(status.closedMonths()).isEmpty();
    assertThat(UnresolvedMail.of(company.session()))
        .containsExactly(
            new UnresolvedMail("mail", "doubtful", "<1@x>", "a@x", ""),
            new UnresolvedMail("mail", "failed", "b/2026-09-01/actual/80", "a", "no such user"));
  }

  @Test
  void theStepsOfALakeWithoutAFinishedRunAreNone() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.session().sql("drop database if exists spark_catalog.ops cascade");
    company.lake().begin("night-1").close();
    StringWriter out = new StringWriter();
    StatusCommand status = new StatusCommand();
    new CommandLine(status).setOut(new PrintWriter(out, true)).parseArgs("--steps");
    status.show(company.config(), company.lake(), company.session());
    assertThat(out.toString().strip()).isEqualTo(StatusCommand.NO_NIGHT);
  }

  private static LakeStatus status(TinyCompany company) {
    SparkSession spark = company.session();
    Lake lake = Lake.open(company.config().lake(), spark);
    lake.registerViews(table -> table.startsWith("ops."));
    return LakeStatus.of(company.config(), lake, spark, ASKED);
  }

  private static void publish(Lake lake, SparkSession spark) {
    Delivery bill =
        new Delivery(
            "aws-payer",
            "aws-cur",
            LocalDate.of(2026, 9, 1),
            "d-1",
            List.of(),
            LANDED,
            "night-1",
            Delivery.Status.CURRENT);
    TableSpec table =
        new TableSpec(
            TableName.parse("focus.small"),
            StructType.fromDDL("n int"),
            Partitioning.whole(),
            Map.of(),
            Set.of());
    try (NightStage night = lake.begin("night-1")) {
      night.stageAll(table, spark.sql("select 1 as n"));
      night.publish(List.of(bill, of("gcp", bill)), Map.of());
      run(
          lake,
          "night-1",
          Outcome.Status.DONE,
          List.of(
              step("audit", "focus_advisory_rules", Outcome.Status.WARNED, "2 rows"),
              step("build", "focus.small", Outcome.Status.WARNED, "no audit"),
              step("audit", "ties", Outcome.Status.DONE, "")));
    }
    try (NightStage night = lake.begin("night-2")) {
      night.ops().rejects("night-2", List.of(new Reject("aws-payer", "d-2", "f", 7, "why", "x")));
      run(
          lake,
          "night-2",
          Outcome.Status.FAILED,
          List.of(
              step("land", "aws-payer", Outcome.Status.DONE, null),
              step("audit", "ties", Outcome.Status.FAILED, "1 row")));
    }
    try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "send-1")) {
      MessageChange<Mail> written =
          MessageChange.rendered(
              new Mail("<1@x>", "2026-09/a/USD/1", YearMonth.of(2026, 9), "a", List.of("a@x"), "0"),
              LANDED);
      MessageChange<Mail> sending = written.trying();
      List.of(written, sending, sending.then(MessageState.DOUBTFUL, "")).forEach(outbox::add);
      outbox.write();
    }
    try (Outbox<Threshold> outbox = Outbox.open(lake, new ThresholdChannel(), "budgets-1")) {
      MessageChange<Threshold> fired = MessageChange.rendered(threshold(), LANDED);
      List.of(fired, fired.then(MessageState.FAILED, "no such user")).forEach(outbox::add);
      outbox.write();
    }
  }

  private static Threshold threshold() {
    LocalDate day = LocalDate.of(2026, 9, 1);
    BigDecimal amount = new BigDecimal("80").setScale(21);
    return new Threshold(
        "b/2026-09-01/actual/80",
        "b",
        "B",
        "a",
        day,
        day,
        "actual",
        amount,
        "USD",
        amount,
        amount,
        day);
  }

  private static Delivery of(String source, Delivery other) {
    return new Delivery(
        source,
        other.kind(),
        other.billingPeriod(),
        other.deliveryId(),
        other.files(),
        other.landedAt(),
        other.runId(),
        other.status());
  }

  private static void run(Lake lake, String runId, Outcome.Status status, List<Outcome> outcomes) {
    Instant start = runId.equals("night-1") ? LANDED : LANDED.plusSeconds(1);
    RunLog.Run run = new RunLog.Run(runId, "night", "all", start, 1250);
    lake.ops().record(run, status, "said", outcomes);
  }

  private static Outcome step(String step, String subject, Outcome.Status status, String detail) {
    return new Outcome(step, subject, status, null, null, detail, LANDED, 1);
  }
}
