package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Progress;
import costlake.land.focus.FocusExport;
import costlake.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages about exports that a source cannot read name the export and say what to do. */
class MisplacedExportTest {
  private static final String AZURE =
      "SubscriptionId,ResourceGroup,Date,MeterCategory,MeterSubCategory,MeterId,MeterRegion,Quantity,CostInBillingCurrency,BillingCurrency,Tags";
  private static final String FOCUS =
      "BilledCost,BillingCurrency,BillingAccountId,ProviderName,ServiceCategory,ServiceName,ChargeCategory,ChargeFrequency,ChargePeriodStart,ChargePeriodEnd";

  private static final String CHARGE =
      "1,USD,payer,AWS,Compute,EC2,Usage,Usage-Based,2026-09-01T00:00:00Z,2026-09-01T01:00:00Z,2026-09-01T00:00:00Z";

  @TempDir Path folder;

  private String recognised(String header) throws IOException {
    Path file = Files.writeString(folder.resolve("export.csv"), header + "\n");
    return Recognition.of(file).others().get(0).why();
  }

  private SourceCheck check(String kind, String header) throws IOException {
    Files.writeString(folder.resolve("export.csv"), header + "\n");
    return check(source(kind));
  }

  private SourceCheck check(Source source) {
    try (Rehearsal rehearsal = Rehearsal.of(Config.defaults(folder), List.of(), Progress.SILENT)) {
      return SourceCheck.of(rehearsal, source);
    }
  }

  private Source source(String kind) {
    return new Source(
        "own",
        kind,
        folder.toString(),
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        false,
        null,
        null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "billing_account_id,service.id,sku.id,usage_start_time,usage_end_time,project.id,cost,currency,invoice.month~Google"
            + " Cloud~FOCUS view",
        "lineItem/referenceNo,lineItem/tenantId,lineItem/intervalUsageStart,product/service,usage/billedQuantity,cost/myCost~OCI"
            + " cost report~FOCUS Reports",
        "JobID|JobIDRaw|Cluster|Partition|Account|User|Submit|Start|End|Elapsed|State|AllocTRES~Slurm~kind"
            + " slurm",
        "JobID,JobName,User,Elapsed,State,NNodes~Slurm~kind slurm",
        "ContractCommitmentId,ContractCommitmentType,ContractCommitmentCost,BillingCurrency~Contract"
            + " Commitment~Cost and Usage",
        "InvoiceDetailId,InvoiceDetailGrain,BilledCost,BillingCurrency,ChargeCategory,InvoiceId~Invoice"
            + " Detail~Cost and Usage",
        "BillingPeriodStart,BillingPeriodEnd,BillingPeriodStatus,InvoiceIssuerName~Billing"
            + " Period~Cost and Usage",
        "BilledCost;BillingCurrency;ChargePeriodStart;ServiceName~separated by ';'~with commas",
        "BilledCost,ServiceName,BillingAccountId,ProviderName,ServiceCategory~not"
            + " BillingCurrency~Add them"
      })
  void namesWhatItIsAndSaysWhatToDo(String header, String what, String advice) throws IOException {
    assertThat(recognised(header)).contains("export.csv", what, advice);
    assertThat(check("focus", header).problems())
        .singleElement()
        .asString()
        .contains("export.csv")
        .containsAnyOf(what, "It also lacks ChargePeriodStart");
  }

  @Test
  void namesTabs() throws IOException {
    assertThat(recognised("lineItem/UsageStartDate\tlineItem/UnblendedCost\tbill/PayerAccountId"))
        .contains("separated by tabs");
  }

  @Test
  void namesTheKindOfABillInASourceOfAnotherKind() throws IOException {
    assertThat(check("aws-cur", FOCUS).problems())
        .singleElement()
        .asString()
        .contains("is a bill of kind focus", "kind aws-cur", "sources.yml");
    assertThat(check("aws-cur", AZURE).problems())
        .singleElement()
        .asString()
        .contains("is a bill of kind azure", "kind aws-cur", "sources.yml");
  }

  @Test
  void countsTheFilesOfAValidSource() throws IOException {
    SourceCheck found = check("focus", FOCUS + ",BillingPeriodStart\n" + CHARGE);
    assertThat(found.summary()).isEqualTo("1 file of focus");
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void namesTheColumnsThatANightWouldStopFor() throws IOException {
    assertThat(check("focus", FOCUS.replace(",ChargeFrequency", "")).problems())
        .singleElement()
        .asString()
        .contains("export.csv lacks columns that FOCUS Cost and Usage requires: ChargeFrequency.");
  }

  @Test
  void takesTheProviderOfTheSourceWhereTheExportNamesNone() throws IOException {
    String unnamed = FOCUS.replace("ProviderName", "x_Other");
    assertThat(check("focus", unnamed).problems())
        .singleElement()
        .asString()
        .contains(
            "export.csv lacks columns that FOCUS Cost and Usage requires: ServiceProviderName.");
    assertThat(new FocusExport("Oracle", null).lacking(List.of(unnamed.strip().split(","))))
        .isEmpty();
  }

  @Test
  void namesAMissingAndAnEmptyLocation() throws IOException {
    assertThat(check(source("focus")).problems())
        .singleElement()
        .asString()
        .contains(folder + " holds no file that is read");
    Files.delete(folder);
    assertThat(check(source("focus")).problems())
        .singleElement()
        .asString()
        .contains("it does not exist", "sources.yml");
  }

  @ParameterizedTest
  @CsvSource({
    "gcp/export_2020-11.csv,Google",
    "gcp/generated_export_2026-09.csv.gz,Google",
    "oci/cost_report_first_100.csv,OCI",
    "focus/generated/aws_1_3_contract_commitment_rows100_seed42.csv,Contract Commitment"
  })
  void namesRealExports(String file, String what) {
    assertThat(Recognition.of(Shared.path("data/billing/" + file)).others())
        .singleElement()
        .satisfies(other -> assertThat(other.why()).contains(file, what));
  }
}
