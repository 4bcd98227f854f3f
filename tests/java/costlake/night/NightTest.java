package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.lake.TableName;
import costlake.model.Layer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs whole nights on a company with six charges. */
@Tag("night")
class NightTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void knowsWhoDeliveredWhatWhenOldPublicationsAreForgotten(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format).until(Layer.TELEMETRY);
    for (String secondDay : List.of("20", "21.5")) {
      company.deliver(secondDay);
      company.night();
    }
    Instant inAYear = Clock.systemUTC().instant().plus(Duration.ofDays(365));
    try (NightStage maintenance = company.lake().begin("maintain")) {
      maintenance.maintenance().run(company.config().maintenance(), inAYear, Progress.SILENT);
    }
    assertThat(company.lake().publications()).hasSize(1);

    company.deliver("22");
    company.night();
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 24.2", "2026-09-03 33.55");
  }

  @Test
  void aFeeIsAmortisedOnceTheUseOfItsReservationIsBilled() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliverReservation(false);
    company.night();
    assertThat(effectiveCosts(company)).containsExactly("1 Purchase 300", "1 Usage 10.5");

    company.deliverReservation(true);
    company.night();
    assertThat(effectiveCosts(company))
        .containsExactly("1 Purchase 0", "1 Usage 10.5", "2 Usage 0.5");
  }

  /** Returns day, category and effective cost of the AWS charges. */
  private static List<String> effectiveCosts(TinyCompany company) {
    return company
        .lake()
        .read(TinyCompany.CHARGES)
        .where("x_SourceId = 'aws-payer'")
        .orderBy("x_ChargeDate", "ChargeCategory")
        .select("x_ChargeDate", "ChargeCategory", "EffectiveCost")
        .collectAsList()
        .stream()
        .map(
            row ->
                row.getDate(0).toLocalDate().getDayOfMonth()
                    + " "
                    + row.getString(1)
                    + " "
                    + row.getDecimal(2).stripTrailingZeros().toPlainString())
        .toList();
  }

  /** Uses a kind of source that is only in the resources of the tests. */
  @Test
  void aMadeUpSourceReachesTheStatement() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.deliver("20");
    company.night();
    Path fixture = Path.of("tests/sources/neocloud/fixture/2026-09");
    for (String file : List.of("usage.csv", "prices.csv")) {
      company.write("exports/neo/2026-09/" + file, Files.readString(fixture.resolve(file)));
    }
    company.write(
        "conf/sources.yml",
        Files.readString(company.conf().resolve("sources.yml"))
            + "  - {id: neo, kind: neocloud, location: ../exports/neo}\n");
    company.night();
    assertThat(company.costByDay())
        .containsExactly(
            "2026-09-01 11.6",
            "2026-09-02 22.2",
            "2026-09-03 33.55",
            "2026-09-14 40.8",
            "2026-09-15 20.21");
    assertThat(statedInEuro(company)).isEqualByComparingTo("61.01");
  }

  @Test
  void jobsOfASchedulerBecomeHoursOfWorkloads() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    String jobs =
        Files.readString(Path.of("sources/slurm/fixture/2026-09/jobs.psv"))
            .replace("gpu:a100", "gpu:of_our_own");
    company.write("exports/slurm/2026-09/jobs.psv", jobs);
    String sources = Files.readString(company.conf().resolve("sources.yml"));
    company.write(
        "conf/sources.yml", sources + "  - {id: batch, kind: slurm, location: ../exports/slurm}\n");
    company.night();
    assertThat(jobHours(company))
        .containsExactly(
            "2026-09-01 101 1 2 28800 7200 123695058124800",
            "2026-09-02 101 1 4 72480 18120 311299229614080",
            "2026-09-02 102_3 1 3 18000 unknown 1887436800000",
            "2026-09-02 102_3 2 3 17400 unknown 1824522240000");

    company.write(
        "exports/slurm/2026-09/jobs.psv",
        jobs.replace("|2026-09-04T10:00:00|Unknown|", "|2026-09-04T10:00:00|2026-09-04T10:00:10|"));
    assertThat(company.night().outcomes())
        .anySatisfy(
            outcome -> {
              assertThat(outcome.subject()).contains("accelerator_of_record_has_a_canonical_name");
              assertThat(outcome.status()).isEqualTo(Outcome.Status.WARNED);
            });
    assertThat(jobHours(company)).hasSize(5).contains("2026-09-04 105 1 1 80 10 171798691840");
    assertThat(company.night().publication()).isEmpty();
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 22.2", "2026-09-03 33.55");

    company.write("conf/sources.yml", sources);
    company.remove("batch");
    assertThat(jobHours(company)).isEmpty();
  }

  /** Day, job, attempt, rows, core-seconds, accelerator-seconds and byte-seconds of jobs. */
  private static List<String> jobHours(TinyCompany company) {
    return company
        .lake()
        .read(new TableName("telemetry", "workload_hours"))
        .where("scheduler = 'slurm'")
        .groupBy("usage_date", "workload_id", "attempt")
        .agg(
            functions.count("*"),
            functions.sum("cpu_requested_core_s"),
            functions.sum("accelerator_allocated_s"),
            functions.sum("memory_requested_byte_s"))
        .orderBy("usage_date", "workload_id", "attempt")
        .collectAsList()
        .stream()
        .map(
            row ->
                "%s %s %s %s %s %s %s"
                    .formatted(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3),
                        plain(row.getDecimal(4)),
                        plain(row.getDecimal(5)),
                        plain(row.getDecimal(6))))
        .toList();
  }

  private static String plain(@Nullable BigDecimal figure) {
    return figure == null ? "unknown" : figure.stripTrailingZeros().toPlainString();
  }

  @Test
  void aSourceThatChangesItsKindReplacesItsCharges() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    company.night();
    company.deliverAwsAsFocus(
        azureHour("2026-09-02", "7"), azureHour("2026-09-03", "1"), azureHour("2026-09-04", "5"));
    company.night();
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 1.1", "2026-09-02 9.2", "2026-09-03 4.3", "2026-09-04 5");
  }

  private static String azureHour(String day, String cost) {
    return TinyCompany.azureLine("2026-09", day + "T00:00:00Z", day + "T01:00:00Z", cost);
  }

  private static BigDecimal statedInEuro(TinyCompany company) {
    return company
        .lake()
        .read(new TableName("reporting", "statements"))
        .where("billing_currency = 'EUR' and receiver_kind = 'team'")
        .agg(functions.sum("billed_cost"))
        .first()
        .getDecimal(0);
  }

  @Test
  void anOwnerRuleThatEndsInsteadOfBeginningIsPublished() {
    TinyCompany company =
        new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ALLOCATION);
    company.deliver("20");
    company.write("conf/owners.yml", owners("from"));
    company.night();
    assertThat(azureOwners(company)).containsExactly("platform", "search", "search");

    company.write("conf/owners.yml", owners("to"));
    assertThat(company.night().publication().orElseThrow().targets())
        .containsKey("allocation.rule_book");
    assertThat(azureOwners(company)).containsExactly("search", "platform", "platform");
  }

  private static String owners(String bound) {
    return """
    last_resort: {team: platform}
    teams:
      - {id: platform, name: Platform}
      - {id: search, name: Search}
    rules:
      - {id: azure, kind: account, %s: 2026-09-02, where: {BillingAccountId: acct-1}, assign: {team: search}}
    """
        .formatted(bound);
  }

  /** Returns the owner of the Azure charge on each day. */
  private static List<String> azureOwners(TinyCompany company) {
    return company
        .lake()
        .read(TableName.parse("allocation.allocated_charges"))
        .where("x_SourceId = 'azure'")
        .orderBy("ChargePeriodStart")
        .select("x_TeamId")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void refusesASecondNightAtTheSameTime(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format);
    company.deliver("20");
    try (NightStage other = company.lake().begin("night-other")) {
      assertThat(other.before()).isEmpty();
      assertThatThrownBy(company::night)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("night-other");
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void keepsYesterdayWhenADeliveryIsWrong(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format).until(Layer.TELEMETRY);
    company.deliver("20");
    company.night();
    Publication before = company.lake().publication().orElseThrow();
    company.deliver("twenty");
    assertThatThrownBy(company::night)
        .isInstanceOf(Failure.class)
        .satisfies(e -> assertThat(((Failure) e).family()).isEqualTo(Failure.Family.DATA));
    assertThat(company.lake().publication()).contains(before);
    company.deliver("22");
    company.night();
    assertThat(company.costByDay()).contains("2026-09-02 24.2");
  }

  @Test
  void takesACorrectionOfADayThatTwoMonthsBill() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ECONOMICS);
    company.deliver("20");
    company.deliverAzure("2026-09", onTheLastDayOfSeptember("2026-09", "5"));
    company.deliverAzure("2026-10", onTheLastDayOfSeptember("2026-10", "7"));
    company.night();
    assertThat(billedByMonth(company)).containsExactly("2026-09-01 65.75", "2026-10-01 7");

    company.deliverAzure("2026-09", onTheLastDayOfSeptember("2026-09", "6.5"));
    company.night();
    assertThat(billedByMonth(company)).containsExactly("2026-09-01 67.25", "2026-10-01 7");
  }

  private static String onTheLastDayOfSeptember(String billed, String cost) {
    return TinyCompany.azureLine(billed, "2026-09-30T10:00:00Z", "2026-09-30T11:00:00Z", cost);
  }

  private static List<String> billedByMonth(TinyCompany company) {
    return company
        .lake()
        .read(TableName.parse("economics.monthly_costs"))
        .groupBy("billing_month")
        .agg(functions.sum("billed_cost"))
        .orderBy("billing_month")
        .collectAsList()
        .stream()
        .map(r -> r.getDate(0) + " " + r.getDecimal(1).stripTrailingZeros().toPlainString())
        .toList();
  }

  @Test
  void takesAChangeOnADayOfAChargeThatBeganInAnotherMonth() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ECONOMICS);
    company.deliver("20");
    String fee =
        TinyCompany.azureLine("2026-09", "2026-08-31T00:00:00Z", "2026-09-11T00:00:00Z", "10");
    String machine = "2026-09-05T10:00:00Z";
    company.deliverAzure(
        "2026-09", fee, TinyCompany.azureLine("2026-09", machine, "2026-09-05T11:00:00Z", "5"));
    company.night();
    company.deliverAzure(
        "2026-09", fee, TinyCompany.azureLine("2026-09", machine, "2026-09-05T11:00:00Z", "6"));
    company.night();
    assertThat(billedByMonth(company)).containsExactly("2026-09-01 76.75");
  }
}
