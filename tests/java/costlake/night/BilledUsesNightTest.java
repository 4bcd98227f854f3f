package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a night on a bill that says itself what its charges are for. A machine costs 31.37 a day for
 * 40 days and a run had it for 20 hours; a training job has a record and a late charge, another has
 * none; the tokens of a vendor's model are tagged with the model that they serve.
 */
@Tag("night")
class BilledUsesNightTest {
  private static final String BILL_HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,"
          + "ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,"
          + "BillingPeriodStart,BillingPeriodEnd,PricingQuantity,PricingUnit,ResourceId,Tags\n";
  private static final String MACHINE = "/subscriptions/s/virtualMachines/gpu";
  private static final String JOBS = "arn:aws:sagemaker:us-east-1:1:training-job/";
  private static final String RECORDS =
      """
      run_id,attempt,run_kind,model_id,started_at,ended_at,outcome,resource_id
      on-machine,1,training,ranker,2026-08-20T16:00:00Z,2026-08-21T12:00:00Z,COMPLETED,%s
      as-job,1,training,ranker,2026-08-20T10:00:00Z,2026-08-20T15:00:00Z,COMPLETED,%s
      """
          .formatted(MACHINE, JOBS + "recorded");

  @TempDir Path folder;
  private TinyCompany company;

  @Test
  void moneyGoesToWhatTheBillAndTheRecordsSayItIsFor() {
    deliver();
    company.night();

    assertThat(
            company.ask(
                "select concat_ws(' ', run_id, cast(cost as decimal(9,4)), cast(credit_and_tax as decimal(9,4)))"
                    + " from economics.training_attempts order by run_id"))
        .as("31.37 x 20 / 24, and 2.40 x 8 / 24 of a credit; a job keeps its late charge")
        .containsExactly("as-job 45.0000 5.0000", "on-machine 25.3417 -0.8000");
    assertThat(
            company.ask(
                "select cast(sum(effective_cost) as string) from economics.use_costs"
                    + " where resource_id is null and service_category = 'Compute' or"
                    + " resource_id = '%s' and run_id is null".formatted(MACHINE)))
        .as("40 x 31.37 less 26.141666666666666666667, and what is left of the credit")
        .containsExactly("1227.058333333333333333333");
    assertThat(
            company.ask(
                "select concat_ws(' ', used_for, cost_shown) from reporting.statement_uses"
                    + " where receiver_id = 'company.all' and billing_month = '2026-08-01'"))
        .contains("training 77.34", "inference 30.00")
        .noneMatch(line -> line.startsWith("managed"));
    assertThat(
            company.ask(
                "select concat_ws(' ', model_id, train_cost, serve_cost) from economics.model_life"
                    + " where billing_month = '2026-08-01' and serve_cost > 0"))
        .hasSize(1)
        .allMatch(life -> life.startsWith("ranker 65.34") && life.contains(" 30.0"));
    assertThat(
            company.ask(
                "select concat_ws(' ', part, cost_shown) from reporting.statement_runs where"
                    + " receiver_id = 'platform' and billing_month = '2026-08-01'"
                    + " order by position"))
        .containsExactly("run 40.00", "run 25.34", "job_without_record 12.00");
    assertThat(company.printed("2026-08", "platform"))
        .contains("Jobs on the bill that no record names 12.00")
        .containsPattern("Training .{0,60}77\\.34.{0,200}Inference .{0,60}30\\.00");
    for (String run : List.of("on-machine", "as-job")) {
      ExplanationStep tree = company.explain(run, Subject.RUN);
      assertThat(tree.addsUp()).as(tree.text()).isTrue();
      assertThat(tree.text()).contains(" of bronze/bill/2026-0");
    }
  }

  private void deliver() {
    company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write(
        "conf/sources.yml",
        """
        sources:
          - {id: bill, kind: focus, location: ../exports/bill, provider: AWS}
          - {id: tracker, kind: runs, location: ../trackers/runs.csv}
        """);
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
        tags:
          keys:
            model: [model]
        """);
    company.write("trackers/runs.csv", RECORDS);
    company.write("exports/bill/2026-08/bill.csv", BILL_HEADER + machine(8) + august());
    company.write(
        "exports/bill/2026-09/bill.csv",
        BILL_HEADER
            + machine(9)
            + charge(
                "AI and Machine Learning",
                "SageMaker",
                "Tax",
                "5",
                "2026-09-28",
                JOBS + "recorded"));
  }

  private static String august() {
    return charge("Compute", "Machines", "Credit", "-2.40", "2026-08-20", MACHINE)
        + charge(
            "AI and Machine Learning", "SageMaker", "Usage", "40", "2026-08-20", JOBS + "recorded")
        + charge(
            "AI and Machine Learning", "SageMaker", "Usage", "12", "2026-08-22", JOBS + "unknown")
        + charge("AI and Machine Learning", "Chat", "Usage", "30", "2026-08-22", "")
            .replace("24,Hours,", "7,1000000 Tokens,")
            .replace("{}", "\"{\"\"model\"\":\"\"ranker\"\"}\"");
  }

  /** Charges of the machine in a month, of the 40 days from 3 August on. */
  private static String machine(int month) {
    LocalDate first = LocalDate.of(2026, 8, 3);
    return IntStream.range(0, 40)
        .mapToObj(first::plusDays)
        .filter(day -> day.getMonthValue() == month)
        .map(day -> charge("Compute", "Machines", "Usage", "31.37", day.toString(), MACHINE))
        .collect(Collectors.joining());
  }

  private static String charge(
      String category, String service, String kind, String cost, String day, String resource) {
    LocalDate start = LocalDate.parse(day);
    LocalDate month = start.withDayOfMonth(1);
    return "%1$s,%1$s,%1$s,%1$s,USD,b,AWS,AWS,AWS,%2$s,%3$s,%4$s,Usage-Based,x,%5$sT00:00:00Z,%6$sT00:00:00Z,%7$sT00:00:00Z,%8$sT00:00:00Z,24,Hours,%9$s,{}\n"
        .formatted(
            cost,
            category,
            service,
            kind,
            start,
            start.plusDays(1),
            month,
            month.plusMonths(1),
            resource);
  }
}
