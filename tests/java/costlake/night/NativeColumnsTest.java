package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.land.Bronze;
import costlake.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivered columns without a FOCUS column can be found for every charge. */
@Tag("night")
class NativeColumnsTest {
  private static final String JOINED =
      """
      select %s
      from charges
      left join bronze__native_columns using (x_SourceId, x_SourceFile, x_SourceRow)
      where x_SourceId = '%s'
      order by x_ChargeDate
      """;

  private static final String CHARGES =
      "select %s from charges where x_SourceId = '%s' order by x_ChargeDate";

  @TempDir Path folder;

  @Test
  void aChargeFindsTheValuesOfItsRowAlsoIfALaterDeliveryReplacedIt() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    company.night();
    company.deliver("21");
    company.night();
    SparkSession spark = withCharges(company);
    Bronze.registerNativeColumns(spark, company.config(), spark.table("charges"));

    assertThat(texts(spark, CHARGES.formatted("x_DeliveryId", "aws-payer")).stream().distinct())
        .hasSize(2);
    assertThat(
            texts(
                spark,
                JOINED.formatted(
                    "concat_ws(' ', x_NativeColumns['bill/BillType'],"
                        + " x_NativeColumns['lineItem/UnblendedCost'])",
                    "aws-payer")))
        .containsExactly("Anniversary 10.5", "Anniversary 21", "Anniversary 30.25");
    assertThat(texts(spark, JOINED.formatted("x_NativeColumns['PublisherName']", "azure")))
        .containsExactly("Microsoft", "Microsoft", "Microsoft");
  }

  /** One test for both, because the nights take most of the time. */
  @Test
  void theTableHasThemForWhoeverAsksAndKeepsTheMembersOfAJsonColumn() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    String bill = "exports/aws/2026-09/bill.csv";
    String text = Files.readString(company.file(bill));
    company.write(
        bill,
        text.replace("product/region", "product")
            .replace(
                "us-east-1", "\"{\"\"region\"\":\"\"us-east-1\"\",\"\"clock\"\":\"\"3 GHz\"\"}\""));
    company.night();
    String billTypes = CHARGES.formatted("x_SourceColumns['bill/BillType']", "aws-payer");
    String clocks = CHARGES.formatted("x_SourceColumns['clock']", "aws-payer");
    assertThat(texts(withCharges(company), billTypes)).hasSize(3).containsOnlyNulls();
    assertThat(texts(withCharges(company), clocks)).hasSize(3).containsOnly("3 GHz");

    company.write("conf/costlake.yml", "lake: {native_columns: all}\n");
    company.night();
    SparkSession spark = withCharges(company);
    assertThat(texts(spark, billTypes))
        .containsExactly("Anniversary", "Anniversary", "Anniversary");
    assertThat(texts(spark, CHARGES.formatted("to_json(x_SourceColumns)", "azure")))
        .hasSize(3)
        .allMatch(json -> json.contains("\"BilledCost\"") && json.contains("\"ProviderName\""))
        .noneMatch(json -> json.contains("native_"));
    assertThat(texts(spark, clocks)).hasSize(3).containsOnly("3 GHz");
    assertThat(texts(spark, clocks.replace("clock", "product")))
        .hasSize(3)
        .allMatch(product -> product.contains("clock"));
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 22.2", "2026-09-03 33.55");
  }

  /** Returns a session with the published charges as the view {@code charges}. */
  private static SparkSession withCharges(TinyCompany company) {
    Dataset<Row> charges = company.lake().read(TinyCompany.CHARGES);
    charges.createOrReplaceTempView("charges");
    return charges.sparkSession();
  }

  private static List<String> texts(SparkSession spark, String query) {
    return spark.sql(query).collectAsList().stream().map(row -> row.getString(0)).toList();
  }
}
