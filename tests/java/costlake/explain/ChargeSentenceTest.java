package costlake.explain;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.explain.ExplanationStep.Digits;
import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What explanations say of charges and of money. */
class ChargeSentenceTest {
  private final SparkSession spark = SparkHarness.spark();

  private String sentence(String money, String columns) {
    Row charge =
        spark
            .sql(
                """
                select 'Usage' as ChargeCategory, 'EC2' as ServiceName, 'as billed' as ChargeDescription, 'USD' as BillingCurrency,
                    date'2026-09-03' as x_ChargeDate, 'us-east-1' as RegionId, %s
                """
                    .formatted(columns))
            .collectAsList()
            .get(0);
    return ChargeSentence.of(charge, new BigDecimal(money));
  }

  private static String columns(
      String cost, String list, String type, String status, String category, String meter) {
    return """
        cast(%s as decimal(38,21)) as EffectiveCost, cast(%s as decimal(38,21)) as ListCost,
        cast(%s as string) as CommitmentDiscountType, cast(%s as string) as CommitmentDiscountStatus,
        cast(%s as string) as PricingCategory, cast(%s as string) as SkuMeter, 'i-0abc' as ResourceId,
        cast(1440 as decimal(38,21)) as PricingQuantity, 'Hours' as PricingUnit
        """
        .formatted(cost, list, type, status, category, meter);
  }

  @Test
  void saysQuantityThingPlacePriceAndRate() {
    String machine = "'BoxUsage:g6.4xlarge'";
    assertThat(
            sentence(
                "1557.216",
                columns("1557.216", "2133.17", "'Savings Plan'", "'Used'", "null", machine)))
        .isEqualTo(
            "1,440 h of g6.4xlarge i-0abc in us-east-1 on 2026-09-03, at USD 1.0814 an hour: plan"
                + " rate, 27 % below list");
    assertThat(sentence("360", columns("1440", "1440", "null", "null", "'Standard'", "'Disk'")))
        .isEqualTo(
            "360 h of Disk i-0abc in us-east-1 on 2026-09-03, at USD 1.0000 an hour: list price");
    assertThat(sentence("360", columns("1440", "2880", "null", "null", "'Dynamic'", machine)))
        .endsWith("spot rate, 50 % below list");
    assertThat(sentence("7", columns("1440", "null", "'Reserved'", "'Unused'", "null", machine)))
        .startsWith("7 h of")
        .endsWith("commitment that nobody used");
  }

  @Test
  void saysOfOtherChargesWhatTheBillSays() {
    String tax = columns("5", "5", "null", "null", "null", "null").replace("1440", "null");
    assertThat(sentence("5", tax)).isEqualTo("EC2, as billed");
  }

  @Test
  void amountsHaveCentsUnlessAllDigitsAreAskedFor() {
    BigDecimal money = new BigDecimal("4422.014814601379");
    ExplanationStep step = new ExplanationStep("change", money, "USD", List.of());
    assertThat(step.text())
        .isEqualTo(
            """
            change  USD 4,422.01
            The money adds up at each step. Amounts are rounded to cents; --exact prints all digits.""");
    assertThat(step.text(Digits.ALL))
        .isEqualTo("change  USD 4,422.014814601379\nThe money adds up at each step.");
  }
}
