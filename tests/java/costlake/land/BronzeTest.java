package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Delivery;
import costlake.testing.Shared;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BronzeTest {
  @TempDir Path folder;

  private SparkSession register(Path... files) {
    SparkSession spark = SparkHarness.spark();
    Config config = Config.defaults(folder);
    List<Delivery> deliveries =
        Landing.adHoc(config, List.of(files), Optional.empty()).deliveries();
    Bronze.register(spark, config, deliveries);
    return spark;
  }

  private static Row one(SparkSession spark, String sql) {
    return spark.sql(sql).head();
  }

  @Test
  void readsEveryRowAndCentOfTheRealLegacyReport() {
    SparkSession spark = register(Shared.path("data/billing/aws/cur_legacy_2023-11.csv"));
    Row row =
        one(
            spark,
            "select count(*), cast(sum(cast(line_item_unblended_cost as decimal(38,21))) as string),"
                + " count_if(line_item_line_item_type = 'Tax'), min(_row), max(_row),"
                + " min(cast(_billing_period as string)) from bronze__aws_cur");
    assertThat(row.getLong(0)).isEqualTo(1281);
    assertThat(row.getString(1)).startsWith("1.6823086974");
    assertThat(new java.math.BigDecimal(row.getString(1))).isEqualByComparingTo("1.6823086974");
    assertThat(row.getLong(2)).isEqualTo(12);
    assertThat(row.getLong(3)).isEqualTo(2);
    assertThat(row.getLong(4)).isEqualTo(1282);
    assertThat(row.getString(5)).isEqualTo("2023-11-01");
  }

  @Test
  void readsEveryRowAndCentOfTheRealBucket() {
    SparkSession spark = register(Shared.path("data/billing/aws/s3-bucket"));
    Row row =
        one(
            spark,
            "select count(*), sum(cast(line_item_unblended_cost as decimal(38,21))),"
                + " count_if(product_instance_type is not null),"
                + " count_if(map_contains_key(native, 'product/productFamily')),"
                + " count_if(map_contains_key(native, 'product/clockSpeed'))"
                + " from bronze__aws_cur");
    assertThat(row.getLong(0)).isEqualTo(13380);
    assertThat(row.getDecimal(1)).isEqualByComparingTo("143227.763678187615017991050");
    assertThat(row.getLong(2)).isPositive();
    assertThat(row.getLong(3)).isZero();
    assertThat(row.getLong(4)).isPositive();
  }

  @Test
  void repairsTheFocusSampleByName() {
    SparkSession spark = register(Shared.path("data/billing/focus/focus_1.0_sample_1000.csv"));
    Row row =
        one(
            spark,
            "select count(*), count_if(AvailabilityZone = 'NULL'),"
                + " count_if(array_contains(_repairs, 'literal_null')),"
                + " count_if(array_contains(_repairs, 'stray_column:Id')),"
                + " count_if(array_contains(_repairs, 'value_case:ChargeFrequency')),"
                + " count_if(ChargeFrequency = 'Usage-Based'), min(_focus_version),"
                + " count_if(map_contains_key(native, 'Id')) from bronze__focus");
    assertThat(row.getLong(0)).isEqualTo(1000);
    assertThat(row.getLong(1)).isZero();
    assertThat(row.getLong(2)).isEqualTo(1000);
    assertThat(row.getLong(3)).isEqualTo(1000);
    assertThat(row.getLong(4)).isEqualTo(7);
    assertThat(row.getLong(5)).isEqualTo(999);
    assertThat(row.getString(6)).isEqualTo("1.0");
    assertThat(row.getLong(7)).isEqualTo(1000);
  }

  @Test
  void findsTheVersionOfEachFocusFileByItsColumns() throws IOException {
    Path generated = Shared.path("data/billing/focus/generated");
    try (Stream<Path> files = Files.list(generated)) {
      SparkSession spark =
          register(
              files
                  .filter(f -> f.toString().contains("_cost_and_usage_"))
                  .sorted()
                  .toArray(Path[]::new));
      assertThat(
              spark
                  .sql(
                      "select concat_ws(' ', _focus_version, count(*), count(ContractApplied) > 0)"
                          + " from bronze__focus group by _focus_version order by 1")
                  .as(org.apache.spark.sql.Encoders.STRING())
                  .collectAsList())
          .containsExactly("1.2 300 false", "1.3 300 true");
    }
  }

  @Test
  void billsADayInTheMonthOfItsDelivery() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("usage.csv"),
            """
            Date,Account,Machine,Item,Total,Currency
            08/31/2026,acme,m-1,h100,1,EUR
            09/14/2026,acme,m-1,h100,2,EUR
            09/15/2026,acme,m-1,h100,4,EUR
            """);
    Row row =
        one(
            register(file),
            "select cast(period as string), sum(billed_cost) from bronze__billed group by period");
    assertThat(row.getString(0)).isEqualTo("2026-09-01");
    assertThat(row.getDecimal(1)).isEqualByComparingTo("7");
  }

  @Test
  void namesTheKnownKindsIfAFileIsUnknown() throws IOException {
    Path file = Files.writeString(folder.resolve("orders.csv"), "id,total\n1,2\n");
    assertThatThrownBy(() -> register(file))
        .hasMessageContaining("Cannot recognise " + file + ":")
        .hasMessageContaining("id, total")
        .hasMessageContaining("--from aws-cur");
  }
}
