package costlake.convert;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.Duck;
import costlake.testing.Shared;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the sums of converted real bills with the expected sums, to the last digit. */
class FocusOfRealBillsTest {
  static final String BUCKET_FILE =
      "koku-local/20180801-20180901/16e57707-f9e3-49be-8be6-b84e684b5194/koku-local-1.csv.gz";

  @TempDir private Path dir;

  @Test
  void keepsTheSumOfALegacyCostAndUsageReport() {
    ConvertReport report =
        Conversions.parquet(dir, Shared.path("data/billing/aws/cur_legacy_2023-11.csv"));
    assertThat(report.rowsIn()).isEqualTo(1281);
    assertThat(report.rowsOut()).isEqualTo(1281);
    assertThat(report.money().get(0).currency()).isEqualTo("USD");
    assertThat(report.money().get(0).out()).isEqualByComparingTo("1.6823086974");
    assertThat(
            Duck.rows(
                "select count(*) from "
                    + Duck.parquet(dir.resolve("cost_and_usage"))
                    + " where ChargeCategory = 'Tax'"))
        .containsExactly("12");
  }

  @Test
  void keepsTheSumOfABucketWhoseCostsHaveTwentyOneDecimals() {
    ConvertReport report =
        Conversions.parquet(dir, Shared.path("data/billing/aws/s3-bucket").resolve(BUCKET_FILE));
    assertThat(report.rowsOut()).isEqualTo(13380);
    assertThat(report.money().get(0).out()).isEqualByComparingTo("143227.763678187615017991050");
    report.requireTied();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "focus_1.0_sample_1000.csv",
        "generated/aws_1_2_cost_and_usage_rows100_seed42.csv",
        "generated/aws_1_3_cost_and_usage_rows100_seed42.csv",
        "generated/azure_1_2_cost_and_usage_rows100_seed42.csv",
        "generated/azure_1_3_cost_and_usage_rows100_seed42.csv",
        "generated/gcp_1_2_cost_and_usage_rows100_seed42.csv",
        "generated/gcp_1_3_cost_and_usage_rows100_seed42.csv"
      })
  void keepsTheFourCostsOfFocusExportsOfEveryCloud(String export) {
    Path delivered = Shared.path("data/billing/focus/" + export);
    ConvertReport report = Conversions.parquet(dir, delivered);
    assertThat(report.rejects()).isEmpty();
    report.requireTied();
    String sums =
        """
        select %s, BillingCurrency, count(*), sum(cast(BilledCost as decimal(38,21))),
          sum(cast(EffectiveCost as decimal(38,21))), sum(cast(ListCost as decimal(38,21))),
          sum(cast(%s as decimal(38,21)))
        from %s group by all order by all
        """;
    List<String> native14 =
        Duck.rows(
            sums.formatted(
                "ServiceProviderName",
                "ContractedCost",
                Duck.parquet(dir.resolve("cost_and_usage"))));
    List<String> asDelivered =
        Duck.rows(
            sums.formatted(
                "ProviderName",
                "coalesce(nullif(nullif(ContractedCost, 'NULL'), ''), BilledCost)",
                Duck.csv(delivered)));
    assertThat(native14).isNotEmpty().isEqualTo(asDelivered);
  }

  @Test
  void saysWhatItAlteredInTheSampleThatBreaksTheSpecification() {
    ConvertReport report =
        Conversions.parquet(dir, Shared.path("data/billing/focus/focus_1.0_sample_1000.csv"));
    assertThat(report.rowsOut()).isEqualTo(1000);
    assertThat(report.changes())
        .containsEntry("service_provider_name_from_provider_name", 1000L)
        .containsEntry("host_provider_name_from_service_provider_name", 1000L)
        .containsEntry("contracted_cost_from_billed_cost", 7L);
    assertThat(
            Duck.rows(
                "select count(*), count(*) filter (x_SourceColumns['Id'] is not null),"
                    + " count(*) filter (ResourceId = 'NULL' or Tags = 'NULL')"
                    + " from "
                    + Duck.parquet(dir.resolve("cost_and_usage"))))
        .containsExactly("1000 | 1000 | 0");
  }
}
