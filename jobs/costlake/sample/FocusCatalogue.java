package costlake.sample;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two clouds that deliver FOCUS. Of an {@link MeteredService}, product is the service, productName
 * its category, family its subcategory, usageType the meter and operation the type of the resource.
 */
final class FocusCatalogue {
  static final FocusCatalogue AZURE =
      new FocusCatalogue(
          "azure-focus",
          "Microsoft",
          "Microsoft Azure",
          "8a1b2c3d-40e1-4c77-9a52-6d1f0e2b7c90",
          "Aldermoor MCA",
          "Billing Profile",
          "Subscription",
          "eastus",
          "East US",
          "0.95",
          Map.of(
              "assistant", "5e0c7f14-91b2-4d0e-8a3c-1f6b2d9e4a71",
              "search", "c27d61f8-0b3e-4f59-b6a4-93e1d5c8072b"),
          """
      assistant|Azure OpenAI Service|AI and Machine Learning|Generative AI|GPT-4.1 input tokens|Cognitive Services account|1K Tokens|0.002|110000|190000|/subscriptions/$/resourceGroups/rg-dialogue/providers/Microsoft.CognitiveServices/accounts/dialogue-#
      assistant|Azure OpenAI Service|AI and Machine Learning|Generative AI|GPT-4.1 output tokens|Cognitive Services account|1K Tokens|0.008|15000|32000|/subscriptions/$/resourceGroups/rg-dialogue/providers/Microsoft.CognitiveServices/accounts/dialogue-#
      assistant|Azure AI Speech|AI and Machine Learning|Natural Language Processing|Speech to text batch|Cognitive Services account|Hours|0.18|300|520|/subscriptions/$/resourceGroups/rg-speech/providers/Microsoft.CognitiveServices/accounts/asr-#
      assistant|Storage Accounts|Storage|Object Storage|Hot LRS data stored|Storage account|GB-Months|0.0184|420|480|/subscriptions/$/resourceGroups/rg-speech/providers/Microsoft.Storage/storageAccounts/speech#
      search|Azure AI Search|AI and Machine Learning|AI Platforms|Standard S2 unit|Search service|Hours|1.344|48|48|/subscriptions/$/resourceGroups/rg-search/providers/Microsoft.Search/searchServices/items-#
      search|Virtual Machines|Compute|Virtual Machines|D8s v5|Virtual machine|Hours|0.384|72|96|/subscriptions/$/resourceGroups/rg-search/providers/Microsoft.Compute/virtualMachines/vm-index-#""");

  static final FocusCatalogue GOOGLE =
      new FocusCatalogue(
          "gcp-focus",
          "Google Cloud",
          "Google Cloud",
          "01A2B3-C4D5E6-F70819",
          "Aldermoor Billing",
          "Billing Account",
          "Project",
          "us-central1",
          "Iowa",
          "0.92",
          Map.of("ads", "aldermoor-ads-prod", "data", "aldermoor-data-prod"),
          """
      ads|Vertex AI|AI and Machine Learning|AI Platforms|Online prediction g2-standard-12|Endpoint|Hours|1.15|72|96|//aiplatform.googleapis.com/projects/$/locations/us-central1/endpoints/#
      ads|Vertex AI|AI and Machine Learning|AI Platforms|TPU v5e training|Custom job|Hours|1.2|90|190|//aiplatform.googleapis.com/projects/$/locations/us-central1/customJobs/#
      ads|Cloud Storage|Storage|Object Storage|Standard storage Iowa|Bucket|GB-Months|0.02|700|820|//storage.googleapis.com/projects/_/buckets/aldermoor-creatives-#
      data|BigQuery|Analytics|Data Warehouses|Analysis|Dataset|TiB|6.25|18|46|//bigquery.googleapis.com/projects/$/datasets/events_#
      data|BigQuery|Analytics|Data Warehouses|Active logical storage|Dataset|GB-Months|0.02|3100|3400|//bigquery.googleapis.com/projects/$/datasets/events_#
      data|Compute Engine|Compute|Virtual Machines|N2 instance core spot|Instance|Hours|0.00896|900|2600|//compute.googleapis.com/projects/$/zones/us-central1-b/instances/etl-#""");

  static final List<FocusCatalogue> ALL = List.of(AZURE, GOOGLE);

  static final BigDecimal RESERVED_LIST_HOUR_USD = new BigDecimal("6.98");
  static final BigDecimal RESERVED_HOUR_USD = new BigDecimal("5.1");
  static final int RESERVED_COUNT = 2;
  static final String RESERVATION =
      "/providers/Microsoft.Capacity/reservationOrders/7b1f2c9e-3d40-4a6b-9c15-e08d5f7a2b36";

  private static final String COMMON =
      """
      TEXT ProviderName PublisherName InvoiceIssuerName InvoiceId BillingAccountId
      TEXT BillingAccountName BillingAccountType SubAccountId SubAccountName SubAccountType
      TIME BillingPeriodStart BillingPeriodEnd ChargePeriodStart ChargePeriodEnd
      TEXT ChargeCategory ChargeClass ChargeDescription ChargeFrequency
      NUMBER BilledCost EffectiveCost ListCost ContractedCost ListUnitPrice ContractedUnitPrice
      TEXT PricingCategory
      NUMBER PricingQuantity
      TEXT PricingUnit PricingCurrency
      NUMBER PricingCurrencyContractedUnitPrice PricingCurrencyEffectiveCost
      NUMBER PricingCurrencyListUnitPrice
      TEXT BillingCurrency
      NUMBER ConsumedQuantity
      TEXT ConsumedUnit ServiceName ServiceCategory ServiceSubcategory SkuId SkuMeter SkuPriceId
      TEXT SkuPriceDetails ResourceId ResourceName ResourceType RegionId RegionName
      TEXT AvailabilityZone CommitmentDiscountId CommitmentDiscountName CommitmentDiscountCategory
      TEXT CommitmentDiscountType CommitmentDiscountStatus
      NUMBER CommitmentDiscountQuantity
      TEXT CommitmentDiscountUnit CapacityReservationId CapacityReservationStatus Tags
      """;

  final String source;
  final String provider;
  final String issuer;
  final String account;
  final String accountName;
  final String accountType;
  final String subAccountType;
  final String region;
  final String regionName;
  final BigDecimal contractRatio;
  final Map<String, String> subAccounts;
  final List<MeteredService> offerings;
  final List<ExportField> fields;
  final Map<String, Integer> positions;

  private FocusCatalogue(
      String source,
      String provider,
      String issuer,
      String account,
      String accountName,
      String accountType,
      String subAccountType,
      String region,
      String regionName,
      String contractRatio,
      Map<String, String> subAccounts,
      String offerings) {
    this.source = source;
    this.provider = provider;
    this.issuer = issuer;
    this.account = account;
    this.accountName = accountName;
    this.accountType = accountType;
    this.subAccountType = subAccountType;
    this.region = region;
    this.regionName = regionName;
    this.contractRatio = new BigDecimal(contractRatio);
    this.subAccounts = subAccounts;
    this.offerings = MeteredService.parse(offerings);
    this.fields = ExportField.parse(columns(source));
    this.positions = ExportField.positions(fields);
  }

  private static String columns(String source) {
    return source.startsWith("gcp")
        ? COMMON
            + "TEXT ServiceProviderName HostProviderName ContractApplied AllocatedMethodId\n"
            + "TEXT AllocatedMethodDetails AllocatedResourceId AllocatedResourceName AllocatedTags"
        : COMMON.stripTrailing();
  }

  /** Teams that have an account there, in order. */
  List<String> teams() {
    return Arrays.asList(subAccounts.keySet().stream().sorted().toArray(String[]::new));
  }
}
