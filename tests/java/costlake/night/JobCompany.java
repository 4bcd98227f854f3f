package costlake.night;

import costlake.config.LakeConfig;
import java.nio.file.Path;

/**
 * A company with jobs on two nodes. Each has eight A100, 96 cores and 1024 GiB, and costs 240 a
 * day: an accelerator weighs 9, a core 0.9 and a GiB 0.1, so a node weighs 260.8 and costs 10 an
 * hour.
 */
public final class JobCompany {
  /** Header of the bill. */
  static final String BILL_HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,"
          + "ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,"
          + "BillingPeriodStart,BillingPeriodEnd,ResourceId\n";

  private static final String HEADER =
      "JobID|JobIDRaw|Cluster|Partition|QOS|Account|User|Submit|Start|End|Elapsed|State|NNodes|NCPUS|AllocTRES|NodeList|JobName\n";

  /** Two nodes for ten hours: 138.6503. */
  public static final String BIG =
      "1|1|tiny|gpu|normal|alpha|ann|2026-09-14T09:00:00|2026-09-14T10:00:00|2026-09-14T20:00:00|10:00:00|COMPLETED|2|128|cpu=128,gres/gpu:a100=16,gres/gpu=16,mem=1024G,node=2|gpu[01-02]|big\n";

  /** Four accelerators, 32 cores and 128 GiB for ten hours: 77.6 / 260.8 x 100 = 29.7546. */
  public static final String HALF =
      "2|2|tiny|gpu|normal|beta|bob|2026-09-13T09:00:00|2026-09-14T00:00:00|2026-09-14T10:00:00|10:00:00|FAILED|1|32|cpu=32,gres/gpu:a100=4,gres/gpu=4,mem=128G,node=1|gpu01|half\n";

  /** A job that was pre-empted and started again: 2.4233 and 4.8466. */
  public static final String REQUEUED =
      """
      3|3|tiny|gpu|normal|beta|bob|2026-09-13T09:00:00|2026-09-14T00:00:00|2026-09-14T02:00:00|02:00:00|PREEMPTED|1|8|cpu=8,gres/gpu:a100=2,gres/gpu=2,mem=64G,node=1|gpu02|req
      3|3|tiny|gpu|normal|beta|bob|2026-09-14T02:00:00|2026-09-14T04:00:00|2026-09-14T08:00:00|04:00:00|COMPLETED|1|8|cpu=8,gres/gpu:a100=2,gres/gpu=2,mem=64G,node=1|gpu02|req
      """;

  private JobCompany() {}

  /** Creates the company with these jobs, and the bills of its nodes of two days. */
  public static TinyCompany of(Path folder, String... jobs) {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write(
        "conf/sources.yml",
        """
        sources:
          - {id: bill, kind: focus, location: ../exports/bill, provider: AWS}
          - {id: batch, kind: slurm, location: ../exports/slurm}
        """);
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: plat}
        teams:
          - {id: plat, name: Platform}
          - {id: alpha, name: Alpha, approvers: [{user: ann}, {user: bob}]}
          - {id: beta, name: Beta}
        rules:
          - {id: nsa, kind: namespace, where: {namespace: alpha}, assign: {team: alpha}}
          - {id: nsb, kind: namespace, where: {namespace: beta}, assign: {team: beta}}
        """);
    company.write(
        "conf/allocation.yml",
        """
        node_groups:
          - {id: batch, where: {cluster: tiny}, method: weights, idle: keep, idle_owner: plat}
        """);
    company.write(
        "conf/reference/nodes.csv",
        """
        cluster,node,provider_resource_id,accelerators,accelerator_model,cpu_cores,memory_gib,valid_from,valid_to
        tiny,gpu01,i-0aaaaaaaaaaaaaaa1,8,A100 40GB,96,1024,,
        tiny,gpu02,i-0aaaaaaaaaaaaaaa2,8,A100 40GB,96,1024,,
        side,gpu04,i-0aaaaaaaaaaaaaaa4,8,A100 40GB,96,1024,,
        """);
    deliver(company, jobs);
    company.write(
        "exports/bill/2026-09/bill.csv",
        BILL_HEADER
            + charge("i-0aaaaaaaaaaaaaaa1", 14)
            + charge("i-0aaaaaaaaaaaaaaa2", 14)
            + charge("i-0aaaaaaaaaaaaaaa1", 15)
            + charge("i-0aaaaaaaaaaaaaaa2", 15));
    return company;
  }

  /** Delivers these jobs instead of the earlier ones. */
  public static void deliver(TinyCompany company, String... jobs) {
    company.write("exports/slurm/2026-09/sacct.log", HEADER + String.join("", jobs));
  }

  /** Returns the line of the bill for a machine and a day of September. */
  static String charge(String machine, int day) {
    return "240,240,300,240,USD,b,AWS,AWS,AWS,Compute,EC2,Usage,Usage-Based,a machine,2026-09-%dT00:00:00Z,2026-09-%dT00:00:00Z,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,%s\n"
        .formatted(day, day + 1, machine);
  }
}
