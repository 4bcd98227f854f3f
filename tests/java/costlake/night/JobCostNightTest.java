package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.core.Delivery;
import costlake.core.Progress;
import costlake.lake.Outcome;
import costlake.land.Rehearsal;
import costlake.land.SourceCheck;
import costlake.model.Layer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs nights on a log of jobs and the bill of their nodes. The node {@code n1} has hourly charges
 * around the end of a month, {@code n2} has a charge of a day, no bill has {@code n3}, and two
 * machines have the name {@code n4}.
 */
@Tag("night")
class JobCostNightTest {
  private static final String BILL_ONLY =
      """
      sources:
        - {id: aws, kind: focus, location: ../exports/aws, provider: AWS}
      """;
  private static final String LOG = "  - {id: batch, kind: slurm, location: ../exports/slurm}\n";
  private static final String BILL_HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,"
          + "ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,"
          + "BillingPeriodStart,BillingPeriodEnd,ResourceId,ResourceName,Tags\n";
  private static final String LIST_HEADER =
      "cluster,node,provider_resource_id,accelerators,accelerator_model,cpu_cores,memory_gib,"
          + "valid_from,valid_to\n";

  /** With weights of 9, 0.9 and 0.1: accelerators are 0.9 of the cost, CPU 0.09, memory 0.01. */
  private static final String SIZE_OF_N1 = "tiny,n1,,2,T4,2,2,,\n";

  private static final String LOG_HEADER =
      "JobID|JobIDRaw|Cluster|Account|User|Partition|QOS|Start|End|State|AllocTRES|NodeList\n";
  private static final String ONE_OF_TWO = "cpu=1,mem=1G,gres/gpu=1";

  private static final String JOBS =
      job("1", "1", "vision", "2026-09-30T22:00:00", "2026-09-30T23:00:00", ONE_OF_TWO, "n1")
          + job(
              "2_7", "3", "search", "2026-09-30T22:30:00", "2026-10-01T00:30:00", ONE_OF_TWO, "n1")
          + job("4", "4", "vision", "2026-09-30T23:00:00", "2026-09-30T23:15:00", ONE_OF_TWO, "n1")
          + job("4", "4", "vision", "2026-09-30T23:30:00", "2026-09-30T23:45:00", ONE_OF_TWO, "n1")
          + job("5", "5", "vision", "2026-09-30T10:00:00", "2026-09-30T11:00:00", "cpu=1", "n2")
          + job("6", "6", "search", "2026-09-30T10:00:00", "2026-09-30T10:30:00", "cpu=3", "n2")
          + job("7", "7", "vision", "2026-09-30T12:00:00", "2026-09-30T12:30:00", "cpu=5", "n2")
              .replace("|ann|gpu|normal|", "|root|gpu|low|")
          + job(
              "8", "8", "vision", "2026-09-30T10:00:00", "2026-09-30T10:30:00", "cpu=3", "n[3-4]");

  private static final String NODE_GROUP =
      """
      node_groups:
        - {id: tiny, where: {cluster: tiny}, method: weights, idle: keep, idle_owner: platform}
      """;

  /** A company with bill, log and list, after one night. Tests only read it. */
  private static TinyCompany atOnce;

  private static NightReport nightAtOnce;

  @TempDir Path folder;
  private TinyCompany company;

  @BeforeAll
  static void runANight(@TempDir Path folder) {
    atOnce = company(folder, LakeConfig.Format.ICEBERG);
    deliver(atOnce);
    nightAtOnce = atOnce.night();
  }

  @BeforeEach
  void configure() {
    company = company("company", LakeConfig.Format.ICEBERG);
  }

  @Test
  void jobsPayForTheirNodeByWhatTheyHeld() {
    company = atOnce;

    assertThat(costs("i-0a"))
        .containsExactly(
            "22 1 vision direct 3.00",
            "22 2_7 search direct 1.50",
            "22 - platform idle 1.50",
            "23 2_7 search direct 3.00",
            "23 4 vision direct 1.50",
            "23 - platform idle 1.50",
            "00 2_7 search direct 1.50",
            "00 - platform idle 4.50");
    // hour 10 weighs 0.4 and 0.6 for the whole hour, hour 12 weighs 1 for half an hour
    assertThat(costs("i-0b"))
        .containsExactly(
            "00 5 vision direct 2.67", "00 6 search direct 4.00", "00 7 platform direct 3.33");
    assertThat(
            company.ask(
                "select distinct concat_ws(' ', x_TeamId, x_OwnerRuleId, x_NodeId)"
                    + " from allocation.allocated_charges where ResourceName = 'n4'"))
        .containsExactly("platform last_resort");
    assertThat(
            company.ask(
                "select concat_ws(' ', ResourceId, cast(sum(BilledCost) as string))"
                    + " from allocation.allocated_charges group by ResourceId order by ResourceId"))
        .containsExactly(
            "i-0a 18.000000000000000000000",
            "i-0b 10.000000000000000000000",
            "i-0c 7.000000000000000000000",
            "i-0d 7.000000000000000000000");
    assertThat(
            company.ask(
                "select concat_ws(' ', hour(hour_start), accelerator_model, idle_s,"
                    + " cast(effective_cost as decimal(9,2))) from allocation.idle_hours"
                    + " where provider_resource_id = 'i-0a' and effective_cost > 0 order by hour_start"))
        .containsExactly(
            "22 T4 1800.000000000 1.50", "23 T4 1800.000000000 1.50", "0 T4 5400.000000000 4.50");
    assertThat(warned(nightAtOnce))
        .contains("node_of_jobs_is_on_a_bill", "node_of_jobs_has_one_machine");
  }

  /** Job 1 held half of the node n1 for an hour that costs 6. */
  @Test
  void aJobThatServesAnEndpointPaysForItAndIsNoRun() {
    deliver(company);
    company.write(
        "conf/allocation.yml",
        NODE_GROUP
            + """
            endpoints:
              - {id: chat, paid_by: [{where: {scheduler: slurm, workload_id: '1'}}]}
            """);
    company.until(Layer.ECONOMICS).night();

    assertThat(
            company.ask(
                "select concat_ws(' ', use_kind, endpoint_id, linked_by, cast(sum(effective_cost) as decimal(9,2)))"
                    + " from economics.use_costs where endpoint_id is not null"
                    + " group by use_kind, endpoint_id, linked_by"))
        .containsExactly("inference chat workload 3.00");
    assertThat(
            company.ask(
                "select concat_ws(' ', endpoint_id, status, cast(cost as decimal(9,2)))"
                    + " from economics.endpoint_costs"))
        .containsExactly("chat no_traffic 3.00");
    assertThat(company.ask("select distinct run_id from economics.training_runs"))
        .contains("3", "4")
        .doesNotContain("1");
  }

  @Test
  void theDoctorSaysBeforeTheNightWhichNodesMeetNoBill() {
    deliver(company);
    // n1 and n2 are on the bill. Job 8 held n3 and n4 for half an hour; two machines are named n4.
    assertThat(before())
        .extracting(found -> found.audit() + " " + found.rows() + ": " + found.shown().get(0))
        .containsExactlyInAnyOrder(
            "node_of_jobs_is_on_a_bill 1: usage_date 2026-09-30, scheduler slurm, cluster_id tiny,"
                + " node_id n3, provider_resource_id empty, reason no bill has it, busy_s 1800",
            "node_of_jobs_has_one_machine 1: usage_date 2026-09-30, scheduler slurm, cluster_id"
                + " tiny, node_id n4, problem several machines have its name, hours 1");
  }

  @Test
  void theDoctorRefusesAListOfNodesThatTheNightRefuses() {
    deliver(company);
    company.write("conf/reference/nodes.csv", LIST_HEADER + "tiny,n1,,2,No Such,2,2,,\n");
    assertThatThrownBy(this::before)
        .hasStackTraceContaining("reference/nodes.csv has the accelerator model No Such");
  }

  private List<DeliveredAudits.Finding> before() {
    Config config = company.config();
    try (Rehearsal rehearsal = Rehearsal.of(config, List.of(), Progress.SILENT)) {
      List<Delivery> deliveries =
          config.sources().stream()
              .flatMap(source -> SourceCheck.of(rehearsal, source).landed().stream())
              .toList();
      return DeliveredAudits.of(company.session(), config, deliveries);
    }
  }

  @Test
  void aNodeOfUnknownSizeHasNoIdleCostAndItsIdleTimeIsUnknown() {
    deliver(company);
    company.write("conf/reference/nodes.csv", LIST_HEADER);
    company.night();

    assertThat(costs("i-0a"))
        .containsExactly(
            "22 1 vision direct 4.00",
            "22 2_7 search direct 2.00",
            "23 2_7 search direct 4.00",
            "23 4 vision direct 2.00",
            "00 2_7 search direct 6.00");
    assertThat(
            company.ask(
                "select distinct concat_ws(' ', idle_kind, coalesce(cast(idle_s as string),"
                    + " 'unknown'), coalesce(cast(effective_cost as string), 'no cost'))"
                    + " from allocation.idle_hours where provider_resource_id = 'i-0a'"))
        .containsExactly("node_idle unknown no cost");
  }

  @Test
  void theOrderOfBillLogAndListDoesNotMatter() {
    TinyCompany late = company("late", LakeConfig.Format.DELTA);
    bill(late);
    late.write("conf/sources.yml", BILL_ONLY);
    late.night();
    late.write("conf/sources.yml", BILL_ONLY + LOG);
    log(late);
    late.night();
    list(late);
    late.night();
    assertThat(costs(late)).isNotEmpty().isEqualTo(costs(atOnce));

    TinyCompany later = company("later", LakeConfig.Format.ICEBERG);
    log(later);
    list(later);
    later.write("exports/aws/2026-09/bill.csv", BILL_HEADER + charge("1", 30, 22, 1, "i-0x", "n9"));
    later.night();
    bill(later);
    later.night();
    assertThat(costs(later)).isEqualTo(costs(atOnce));
  }

  private static Map<String, String> costs(TinyCompany company) {
    Map<String, String> content = company.content();
    content.keySet().removeIf(table -> !table.startsWith("allocation."));
    return content;
  }

  private TinyCompany company(String name, LakeConfig.Format format) {
    return company(folder.resolve(name), format);
  }

  private static TinyCompany company(Path folder, LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format).until(Layer.ALLOCATION);
    company.write("conf/sources.yml", BILL_ONLY + LOG);
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Search}
          - {id: vision, name: Vision}
        rules:
          - {id: root, kind: override, where: {scheduler: slurm, user: root, qos: low}, assign: {team: platform}}
          - {id: search, kind: namespace, where: {namespace: search, partition: gpu}, assign: {team: search}}
          - {id: vision, kind: namespace, where: {namespace: vision}, assign: {team: vision}}
        """);
    company.write("conf/allocation.yml", NODE_GROUP);
    return company;
  }

  private static void deliver(TinyCompany company) {
    bill(company);
    log(company);
    list(company);
  }

  private static void bill(TinyCompany company) {
    company.write(
        "exports/aws/2026-09/bill.csv",
        BILL_HEADER
            + charge("6", 30, 22, 1, "i-0a", "")
            + charge("6", 30, 23, 1, "i-0a", "")
            + charge("10", 30, 0, 24, "i-0b", "n2")
            + charge("7", 30, 10, 1, "i-0c", "n4")
            + charge("7", 30, 10, 1, "i-0d", "n4"));
    company.write("exports/aws/2026-10/bill.csv", BILL_HEADER + charge("6", 31, 0, 1, "i-0a", ""));
  }

  private static void log(TinyCompany company) {
    company.write("exports/slurm/2026-09/jobs.psv", LOG_HEADER + JOBS);
  }

  private static void list(TinyCompany company) {
    company.write("conf/reference/nodes.csv", LIST_HEADER + SIZE_OF_N1);
  }

  /**
   * Returns a charge.
   *
   * @param day day of September; 31 is the first day of October
   * @param name ResourceName; if it is empty, the charge has the tag Name n1
   */
  private static String charge(
      String cost, int day, int hour, int hours, String machine, String name) {
    LocalDateTime start = LocalDateTime.of(2026, 9, 1, hour, 0).plusDays(day - 1);
    LocalDate month = start.toLocalDate().withDayOfMonth(1);
    return "%1$s,%1$s,%1$s,%1$s,USD,account,AWS,AWS,AWS,Compute,Machines,Usage,Usage-Based,a machine,%2$s:00Z,%3$s:00Z,%4$sT00:00:00Z,%5$sT00:00:00Z,%6$s,%7$s,%8$s\n"
        .formatted(
            cost,
            start,
            start.plusHours(hours),
            month,
            month.plusMonths(1),
            machine,
            name,
            name.isEmpty() ? "\"{\"\"Name\"\":\"\"n1\"\"}\"" : "{}");
  }

  private static String job(
      String id, String raw, String account, String start, String end, String held, String nodes) {
    return "%s|%s|tiny|%s|ann|gpu|normal|%s|%s|COMPLETED|%s|%s\n"
        .formatted(id, raw, account, start, end, held, nodes);
  }

  /** Returns the parts of the charges of a machine: hour, job, team, kind and cost. */
  private List<String> costs(String machine) {
    return company.ask(
        """
        select concat_ws(' ', date_format(ChargePeriodStart, 'HH'), coalesce(x_WorkloadId, '-'), x_TeamId,
            x_CostKind, cast(EffectiveCost as decimal(9,2)))
        from allocation.allocated_charges
        where x_NodeId = '%s'
        order by ChargePeriodStart, x_WorkloadId nulls last
        """
            .formatted(machine));
  }

  private static List<String> warned(NightReport night) {
    return night.outcomes().stream()
        .filter(outcome -> outcome.status() == Outcome.Status.WARNED)
        .map(Outcome::subject)
        .toList();
  }
}
