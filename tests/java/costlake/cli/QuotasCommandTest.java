package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.lake.Outcome;
import costlake.night.NightReport;
import costlake.night.TinyCompany;
import costlake.quota.QuotaExport;
import costlake.testing.Duck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Prints the quotas of a lake, from files of a bill and of jobs. The node n1 has two accelerators
 * and costs 6 an hour at 22:00 and at 23:00 of 30 September. Search holds one of them for both
 * hours, and the other for half an hour from 23:00; vision holds the other one from 22:00 to 23:00,
 * and from 23:30 by a job that does not name its model.
 */
@Tag("night")
class QuotasCommandTest {
  private static final String BILL =
      """
      BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingPeriodEnd,ResourceId,ResourceName,Tags
      6,6,6,6,USD,account,AWS,AWS,AWS,Compute,Machines,Usage,Usage-Based,a machine,2026-09-30T22:00:00Z,2026-09-30T23:00:00Z,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,i-0a,n1,{}
      6,6,6,6,USD,account,AWS,AWS,AWS,Compute,Machines,Usage,Usage-Based,a machine,2026-09-30T23:00:00Z,2026-10-01T00:00:00Z,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,i-0a,n1,{}
      """;

  private static final String JOBS =
      """
      JobID|JobIDRaw|Cluster|Account|User|Partition|QOS|Start|End|State|AllocTRES|NodeList
      1|1|tiny|vision|ann|gpu|normal|2026-09-30T22:00:00|2026-09-30T23:00:00|COMPLETED|cpu=1,mem=1G,gres/gpu=1,gres/gpu:t4=1|n1
      2|2|tiny|search|ann|gpu|normal|2026-09-30T22:00:00|2026-10-01T00:00:00|COMPLETED|cpu=1,mem=1G,gres/gpu=1,gres/gpu:t4=1|n1
      3|3|tiny|search|ann|gpu|normal|2026-09-30T23:00:00|2026-09-30T23:30:00|COMPLETED|cpu=1,mem=1G,gres/gpu=1,gres/gpu:t4=1|n1
      4|4|tiny|vision|ann|gpu|normal|2026-09-30T23:30:00|2026-10-01T00:00:00|COMPLETED|cpu=1,mem=1G,gres/gpu=1|n1
      """;

  /** What each team held in each hour of the bill, with the cost of an accelerator-hour. */
  private static final String HELD =
      """
      create table jobs as
      select
          Account as team,
          cast(regexp_extract(AllocTRES, 'gpu=([0-9]+)', 1) as int) as accelerators,
          AllocTRES like '%%gres/gpu:t4=%%' as is_t4,
          cast("Start" as timestamp) as started,
          cast("End" as timestamp) as ended
      from read_csv('%s', header = true, all_varchar = true, delim = '|');

      create table prices as
      select
          cast(ChargePeriodStart as timestamp) as hour,
          cast(ChargePeriodEnd as timestamp) as hour_end,
          cast(EffectiveCost as decimal(9, 2)) / 2 as price
      from %s;

      create table held as
      select team, is_t4, hour, price, sum(accelerators * date_diff('second', greatest(started, hour), least(ended, hour_end))) / 3600 as hours
      from jobs
      inner join prices on started < hour_end and ended > hour
      group by all;
      """;

  private static final String USED =
      """
      select quota, cast(used as decimal(9, 2))
      from (
          select 'search-hours' as quota, sum(hours) as used from held where team = 'search'
          union all
          select 'search-money', sum(hours * price) from held where team = 'search'
          union all
          select 'search-t4', max(hours) from held where team = 'search' and is_t4
          union all
          select 'vision-days', sum(hours) from held where team = 'vision' and is_t4
      )
      order by quota
      """;

  private static TinyCompany company;
  private static NightReport night;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void runANight(@TempDir Path folder) {
    company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write(
        "conf/sources.yml",
        """
        sources:
          - {id: aws, kind: focus, location: ../exports/aws, provider: AWS}
          - {id: batch, kind: slurm, location: ../exports/slurm}
        """);
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Search}
          - {id: vision, name: Vision}
        rules:
          - {id: search, kind: namespace, where: {namespace: search}, assign: {team: search}}
          - {id: vision, kind: namespace, where: {namespace: vision}, assign: {team: vision}}
        """);
    company.write(
        "conf/allocation.yml",
        """
        node_groups:
          - {id: tiny, where: {cluster: tiny}, method: weights, idle: keep, idle_owner: platform}
        """);
    company.write(
        "conf/quotas.yml",
        """
        quotas:
          - id: search-t4
            scope: {team: search, accelerator_model: T4}
            versions: [{from: 2026-01-01, held: 1}, {from: 2026-11-01, held: 9}]
          - {id: search-hours, scope: {team: search}, period: month, limit: {hours: 10}}
          - {id: search-money, scope: {team: search}, period: quarter, limit: {money: 30}, currency: USD}
          - {id: vision-days, scope: {team: vision, accelerator_model: T4}, period: {days: 3}, limit: {hours: 4}}
          - {id: vision-h100, scope: {team: vision, accelerator_model: H100 81GB}, limit: {held: 8}}
          - {id: vision-euro, scope: {team: vision}, period: month, limit: {money: 8}, currency: EUR}
        """);
    company.write(
        "conf/reference/nodes.csv",
        """
        cluster,node,provider_resource_id,accelerators,accelerator_model,cpu_cores,memory_gib,valid_from,valid_to
        tiny,n1,,2,T4,2,2,,
        """);
    company.write("exports/aws/2026-09/bill.csv", BILL);
    company.write("exports/slurm/2026-09/jobs.psv", JOBS);
    night = company.night();
  }

  private void show(String... options) {
    QuotasCommand command = new QuotasCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options);
    command.show(company.lake());
  }

  /** 22:00 costs search 3 of 6; 23:00 costs it 3, and 1.5 for half an hour of the other half. */
  @Test
  void printsTheMostUrgentFirstAndFailsAtTheGateIfOneIsOver() {
    assertThatThrownBy(() -> show("--format", "csv", "--gate"))
        .isInstanceOf(Failure.class)
        .hasMessage("Over quota: search-t4");
    assertThat(out)
        .hasToString(
            """
            quota,team,accelerator_model,period_start,period_end,unit,limit,used,percent,remaining,most_at,over,measured_until
            search-t4,search,T4,2026-09-01,2026-09-30,accelerators,1,1.5,150,-0.5,2026-09-30T23:00:00Z,true,2026-09-30
            search-hours,search,,2026-09-01,2026-09-30,accelerator_hours,10,2.5,25,7.5,,false,2026-09-30
            search-money,search,,2026-07-01,2026-09-30,USD,30,7.5,25,22.5,,false,2026-09-30
            vision-days,vision,T4,2026-09-28,2026-09-30,accelerator_hours,4,1,25,3,,false,2026-09-30
            vision-h100,vision,H100 81GB,2026-09-01,2026-09-30,accelerators,8,0,0,8,,false,2026-09-30
            vision-euro,vision,,2026-09-01,2026-09-30,EUR,8,,,,,,2026-09-30
            """);
    assertThat(err.toString())
        .contains("Unknown, because no bill has the currency or nothing was measured: vision-euro");
  }

  @Test
  void anotherDatabaseCountsTheSameFromTheFiles() {
    String held =
        HELD.formatted(
            company.file("exports/slurm/2026-09/jobs.psv"),
            Duck.csv(company.file("exports/aws/2026-09/bill.csv")));
    List<String> used =
        company
            .lake()
            .read(QuotasCommand.STATUS)
            .where("is_current and used > 0")
            .orderBy("quota_id")
            .collectAsList()
            .stream()
            .map(row -> row.getAs("quota_id") + " | " + plain(row.getAs("used")))
            .toList();
    assertThat(used).hasSize(4).isEqualTo(Duck.rows(held, USED));
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  @Test
  void theNightWarnsOfCurrenciesAndModelsThatNobodyHasOrNames() {
    assertThat(night.outcomes())
        .filteredOn(outcome -> outcome.status() == Outcome.Status.WARNED)
        .extracting(Outcome::subject)
        .contains(
            "quota_is_in_a_billed_currency",
            "quota_names_a_known_accelerator",
            "quota_of_a_model_knows_what_is_held");
  }

  @Test
  void printsThePeriodsOfAnotherTime() {
    show("--format", "csv", "--gate", "--at", "2026-08-31");
    assertThat(out.toString()).contains("\nsearch-money,search,,2026-07-01,2026-09-30,");
    assertThat(out.toString().lines()).hasSize(2);
    show("--at", "2025-08");
    assertThat(err.toString()).contains("No quota is in force then, or nothing is measured yet.");
  }

  @Test
  void anExportSaysWhatWasUsed() throws IOException {
    company.write(
        "conf/reference/accelerators.csv",
        "alias,accelerator_model,vendor,memory_mib,max_slices\nH100 81GB,H100 81GB,NVIDIA,1,1\n");
    QuotaExport export =
        QuotaExport.of(
            company.config(),
            QuotaExport.Format.OPA,
            LocalDate.parse("2026-10-01"),
            ExportQuotasCommand.uses(company.lake()));
    JsonNode quotas = new ObjectMapper().readTree(export.text()).at("/costlake/quotas/by_id");
    assertThat(quotas.at("/search-t4/current"))
        .hasToString(
            """
            {"period_start":"2026-09-01","period_end":"2026-09-30","used":1.5,"remaining":-0.5,\
            "is_over":true,"measured_until":"2026-09-30"}""");
    assertThat(quotas.at("/vision-euro/current"))
        .hasToString(
            """
            {"period_start":"2026-09-01","period_end":"2026-09-30","used":null,"remaining":null,\
            "is_over":null,"measured_until":"2026-09-30"}""");
  }

  @Test
  void saysHowToSetAQuotaIfThereIsNone(@TempDir Path folder) throws IOException {
    String conf = Files.createDirectories(folder.resolve("conf")).toString();
    int code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "quotas",
            "--gate",
            "--conf",
            conf);
    assertThat(code).isZero();
    assertThat(err.toString()).contains("No quota is set. Write one in quotas.yml");
  }
}
