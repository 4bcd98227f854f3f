package costlake.explain;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class DeliveredLinesTest {
  private static final String PLACE =
      "'d' as _delivery_id, 'f.csv' as _source_file, 2L as _row, 'Ann' as Annotator, ";

  private final SparkSession spark = SparkHarness.spark().newSession();

  private List<String> shown(String kind) {
    Row charge =
        spark
            .sql(
                "select 'acme' as x_SourceId, '%s' as x_SourceKind, 'd' as x_DeliveryId, 'f.csv' as x_SourceFile, 2L as x_SourceRow"
                    .formatted(kind))
            .first();
    return DeliveredLines.of(spark, List.of(charge)).tree(charge).parts().stream()
        .map(ExplanationStep::label)
        .toList();
  }

  @Test
  void showsOnlyWhatAMappingReadForTheCost() {
    spark
        .sql(
            "select "
                + PLACE
                + "'1.234,50' as _stated_cost, '3' as PricingQuantity, cast(null as string) as PricingUnit")
        .createOrReplaceTempView("bronze__mapped");
    spark.sql("select " + PLACE + "'1.234,50' as Net").createOrReplaceTempView("bronze__acme");
    assertThat(shown("mapping"))
        .containsExactly(
            "as delivered: cost or priced quantity = 1.234,50",
            "as delivered: PricingQuantity = 3");
  }

  @Test
  void showsTheCostColumnsOfAKnownKind() {
    spark.sql("select " + PLACE + "'7' as UnblendedCost").createOrReplaceTempView("bronze__acme");
    assertThat(shown("aws-cur")).containsExactly("as delivered: UnblendedCost = 7");
  }
}
