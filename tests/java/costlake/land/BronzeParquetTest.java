package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads Parquet files as exporters write them, with doubles, maps, timestamps, and columns that
 * some files lack.
 */
class BronzeParquetTest {
  private static final String CUR =
      "'Usage' line_item_line_item_type, 'USD' line_item_currency_code,"
          + " timestamp'2026-09-01 05:00:00' line_item_usage_start_date,"
          + " timestamp'2026-09-01' bill_billing_period_start_date, ";

  private static final String WITH_MAPS =
      "select "
          + CUR
          + "1D line_item_unblended_cost, map('user_team', 'search') resource_tags,"
          + " map('instance_type', 'p5.48xlarge', 'clock', '2 GHz') product";

  @TempDir Path folder;
  private final SparkSession spark = SparkHarness.spark();
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private void write(String file, String sql) {
    spark
        .sql(sql)
        .coalesce(1)
        .write()
        .parquet(deliveries.exports().resolve("2026-09/" + file + ".dir").toString());
  }

  private List<Delivery> register(String kind) throws IOException {
    Config config = deliveries.config(kind);
    LandResult result = deliveries.land(config, List.of());
    assertThat(result.refused()).isEmpty();
    Bronze.register(spark, config, result.landed());
    return result.landed();
  }

  private List<String> texts(String sql) {
    return spark.sql(sql).as(Encoders.STRING()).collectAsList();
  }

  @Test
  void readsDoublesAsTheirShortestDecimalAndSaysWhatItRounded() throws IOException {
    write(
        "a",
        "select "
            + CUR
            + "c line_item_unblended_cost, cast(0.1 as float) line_item_usage_amount"
            + " from values (0.1D), (1.2345678901234567E-9D), (-3E-7D) as t(c)");
    register("aws-cur");
    assertThat(
            texts(
                "select concat_ws(' ', cast(line_item_unblended_cost as decimal(38,21)),"
                    + " line_item_usage_amount, array_join(_repairs, ',')) from bronze__aws_cur"
                    + " order by 1"))
        .containsExactlyInAnyOrder(
            "0.100000000000000000000 0.1 ",
            "0.000000001234567890123 0.1 rounded_to_21_digits:line_item_unblended_cost",
            "-0.000000300000000000000 0.1 ");
    assertThat(texts("select array_join(_repairs, ',') from bronze__aws_cur order by _row"))
        .containsExactly("", "rounded_to_21_digits:line_item_unblended_cost", "");
  }

  @Test
  void spellsDoublesWithoutExponent() throws IOException {
    write(
        "a",
        "select "
            + CUR
            + "c line_item_unblended_cost, cast(c as float) line_item_usage_amount from values"
            + " (4.0E-4D), (1D), (1.25E10D), (-6.666843278055655E16D), (-0.0D) as t(c)");
    register("aws-cur");
    assertThat(
            texts(
                "select concat_ws(' ', line_item_unblended_cost, line_item_usage_amount) from bronze__aws_cur"))
        .containsExactlyInAnyOrder(
            "0.0004 0.0004",
            "1.0 1.0",
            "12500000000.0 12500000000.0",
            "-66668432780556550.0 -66668432000000000.0",
            "0.0 0.0");
  }

  @Test
  void namesARepairOnlyWhereADigitIsLost() throws IOException {
    write(
        "a",
        "select " + CUR + "c line_item_unblended_cost from values (1E-21D), (1.5E-21D) as t(c)");
    register("aws-cur");
    assertThat(
            texts(
                "select concat_ws(' ', line_item_unblended_cost, array_join(_repairs, ',')) from bronze__aws_cur"))
        .containsExactlyInAnyOrder(
            "0.000000000000000000001 ",
            "0.000000000000000000002 rounded_to_21_digits:line_item_unblended_cost");
  }

  /** Lands deliveries with a configuration that allows any number of rejected rows. */
  private LandResult lenient() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("costlake.yml"),
        "limits: {rejected_rows_ratio_max: 1, rejected_cost_ratio_max: 1}\n");
    Config config = deliveries.config("aws-cur");
    LandResult result = deliveries.land(config, List.of());
    Bronze.register(spark, config, result.landed());
    return result;
  }

  @Test
  void rejectsAFloatThatMoneyCannotHold() throws IOException {
    write("a", "select " + CUR + "cast(1E17 as float) line_item_unblended_cost");
    assertThat(lenient().rejects())
        .singleElement()
        .extracting(Reject::reason)
        .isEqualTo(
            "line_item_unblended_cost is not a number that fits decimal(38,21):"
                + " '100000000000000000.0'");
  }

  @Test
  void rejectsInvalidAmountsWithTheirRow() throws IOException {
    write(
        "a",
        "select "
            + CUR
            + "c line_item_unblended_cost, 'x' line_item_resource_id from values"
            + " (1D), (double('NaN')), (1E30D), (cast(null as double)) as t(c)");
    LandResult refusing = deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(refusing.landed()).isEmpty();
    assertThat(refusing.refused())
        .extracting(LandResult.Refusal::message)
        .singleElement()
        .asString()
        .contains("3 of 4 rows cannot be read")
        .contains("rejected_rows_ratio_max 0.001");
    LandResult result = lenient();
    String noMoney = "line_item_unblended_cost is not a number that fits decimal(38,21): '";
    assertThat(texts("select cast(count(*) as string) from bronze__aws_cur")).containsExactly("1");
    assertThat(result.landed()).extracting(Delivery::rejected).containsExactly(3L);
    assertThat(result.rejects())
        .extracting(r -> r.row() + " " + r.reason())
        .containsExactly(
            "2 " + noMoney + "NaN'",
            "3 " + noMoney + "1000000000000000000000000000000.0'",
            "4 line_item_unblended_cost is empty");
    assertThat(result.rejects())
        .extracting(Reject::raw)
        .allSatisfy(raw -> assertThat(raw).contains("\"line_item_resource_id\":\"x\""));
    assertThat(deliveries.rejects(deliveries.config("aws-cur"), result.landed()))
        .containsExactlyElementsOf(result.rejects());
  }

  @Test
  void unitesFilesWhoseColumnsDifferByName() throws IOException {
    write("a", WITH_MAPS);
    write(
        "b",
        "select 'i-2' line_item_resource_id, 'brand new' line_item_new_thing, "
            + CUR
            + "2D line_item_unblended_cost");
    register("aws-cur");
    assertThat(
            texts(
                "select concat_ws(' ', _file_no, _row, line_item_unblended_cost,"
                    + " line_item_resource_id, product_instance_type, resource_tags['user_team'],"
                    + " native['clock'], native['line_item_new_thing'],"
                    + " cast(_billing_period as string)) from bronze__aws_cur order by _file_no"))
        .containsExactly(
            "1 1 1.0 p5.48xlarge search 2 GHz 2026-09-01", "2 1 2.0 i-2 brand new 2026-09-01");
    assertThat(texts("select line_item_new_thing from bronze__src where _file_no = 2"))
        .containsExactly("brand new");
  }

  @Test
  void readsAMapAndItsJsonAlike() throws IOException {
    write("a", WITH_MAPS);
    write(
        "b",
        "select "
            + CUR
            + "2D line_item_unblended_cost, '{\"user_team\": \"search\"}' resource_tags,"
            + " '{\"instance_type\": \"p5.48xlarge\", \"clock\": \"2 GHz\"}' product");
    register("aws-cur");
    assertThat(
            texts(
                "select concat_ws(' ', product_instance_type, to_json(resource_tags),"
                    + " to_json(native)) from bronze__aws_cur"))
        .hasSize(2)
        .allMatch("p5.48xlarge {\"user_team\":\"search\"} {\"clock\":\"2 GHz\"}"::equals);
    assertThat(texts("select product from bronze__src where _file_no = 1"))
        .containsExactly("{\"instance_type\":\"p5.48xlarge\",\"clock\":\"2 GHz\"}");
  }

  @Test
  void prefersATagInItsOwnColumnToTheMapUnlessItIsNull() throws IOException {
    write(
        "a",
        "select "
            + CUR
            + "1D line_item_unblended_cost, own resource_tags_user_team,"
            + " map('user_team', 'map') resource_tags from values ('own'), (null) as v(own)");
    register("aws-cur");
    assertThat(texts("select to_json(resource_tags) from bronze__aws_cur order by _row"))
        .containsExactly("{\"user_team\":\"own\"}", "{\"user_team\":\"map\"}");
  }

  @Test
  void numbersFilesInAFolderWithSpecialCharacters() throws IOException {
    deliveries = new Deliveries(folder.resolve("a b/zürich 100%/../zürich 100%"));
    write("a", "select " + CUR + "1D line_item_unblended_cost");
    write("b", "select " + CUR + "2D line_item_unblended_cost union all select " + CUR + "3D");
    List<Delivery> landed = register("aws-cur");
    assertThat(
            texts(
                "select concat_ws(' ', _file_no, _row, line_item_unblended_cost, _source_id,"
                    + " _delivery_id, _billing_period, _source_file like 'bronze/src/2026-09/%')"
                    + " from bronze__aws_cur order by 1"))
        .containsExactly(
            "1 1 1.0 src " + landed.get(0).deliveryId() + " 2026-09-01 true",
            "2 1 2.0 src " + landed.get(0).deliveryId() + " 2026-09-01 true",
            "2 2 3.0 src " + landed.get(0).deliveryId() + " 2026-09-01 true");
  }

  @Test
  void findsTheDaysThatChanged() throws IOException {
    Config config = deliveries.config("aws-cur");
    deliveries.write(
        "2026-09/bill.csv",
        Deliveries.HEADER
            + Deliveries.line(1, "1", "a")
            + Deliveries.line(2, "2", "b")
            + Deliveries.line(3, "3", "c"));
    LandResult first = deliveries.land(config, List.of());
    deliveries.write(
        "2026-09/bill.csv",
        Deliveries.HEADER
            + Deliveries.line(3, "3", "c")
            + Deliveries.line(2, "2.5", "b")
            + Deliveries.line(4, "4", "d")
            + Deliveries.line(1, "1", "a"));
    LandResult second = deliveries.land(config, first.current());
    Delivery after = second.landed().get(0);
    assertThat(changedDays(config, second.before(after), after))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("2026-09-02", "2026-09-04");
    assertThat(changedDays(config, Optional.empty(), after)).hasSize(4);
  }

  @Test
  void takesEveryDayOfBothDeliveriesWhenASourceChangesItsKind() throws IOException {
    deliveries.write(
        "2026-09/bill.csv",
        Deliveries.HEADER + Deliveries.line(1, "1", "a") + Deliveries.line(2, "2", "b"));
    LandResult first = deliveries.land(deliveries.config("aws-cur"), List.of());
    deliveries.write(
        "2026-09/bill.csv",
        """
        BilledCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ProviderName
        2,USD,2026-09-01T00:00:00Z,2026-09-02T00:00:00Z,Usage,AWS
        3,USD,2026-09-01T00:00:00Z,2026-09-03T00:00:00Z,Usage,AWS
        """);
    Config config = deliveries.config("focus");
    LandResult second = deliveries.land(config, first.current());
    Delivery after = second.landed().get(0);
    Map<String, String> changed = new TreeMap<>();
    Bronze.changedDays(spark, config, second.before(after), after)
        .forEach((relation, days) -> changed.put(relation.name(), days.toString()));
    String every = "[2026-09-01, 2026-09-02, 2026-09-03]";
    assertThat(changed).isEqualTo(Map.of("aws_cur", every, "focus", every));
  }

  @Test
  void readsFocusParquetWithMapsAndAmountsAsText() throws IOException {
    write(
        "a",
        "select cast(1.25 as decimal(20,10)) BilledCost, 'EUR' BillingCurrency,"
            + " timestamp'2026-09-01' BillingPeriodStart, timestamp'2026-09-02' ChargePeriodStart,"
            + " 'usage' ChargeCategory, map('team', 'a') Tags, 'kept' x_Own, 'Azure' ProviderName");
    register("focus");
    assertThat(
            texts(
                "select concat_ws(' ', BilledCost, ChargePeriodStart, ChargeCategory, Tags,"
                    + " native['x_Own'], _focus_version, array_join(_repairs, ','))"
                    + " from bronze__focus"))
        .containsExactly(
            "1.2500000000 2026-09-02 00:00:00 Usage {\"team\":\"a\"} kept 1.0"
                + " value_case:ChargeCategory");
  }

  @Test
  void renamesTheContractKeyOfFocus13AndSaysSo() throws IOException {
    write(
        "a",
        "select 1 BilledCost, 'EUR' BillingCurrency, timestamp'2026-09-01' BillingPeriodStart,"
            + " timestamp'2026-09-02' ChargePeriodStart,"
            + " '{\"Elements\":[{\"ContractID\":\"c\"}]}' ContractApplied");
    register("focus");
    assertThat(
            texts(
                "select concat_ws(' ', ContractApplied, array_join(_repairs, ','))"
                    + " from bronze__focus"))
        .containsExactly("{\"Elements\":[{\"ContractId\":\"c\"}]} contract_id_key");
  }

  @Test
  void readsJsonMapsAndHostileTagsOfCsvAsPlainText() throws IOException {
    deliveries.write(
        "2026-09/bill.csv.gz",
        "line_item_line_item_type,line_item_usage_start_date,line_item_currency_code,"
            + "line_item_unblended_cost,bill_billing_period_start_date,resource_tags,product\r\n"
            + "Usage,2026-09-01T00:00:00Z,USD,-0.5,2026-09-01T00:00:00Z,"
            + "\"{\"\"user_team\"\":\"\"'; drop table x; --\"\",\"\"n\"\":1}\","
            + "\"{\"\"instance_type\"\":\"\"=cmd()\"\",\"\"a\"\":\"\"<script>\"\"}\"\r\n");
    register("aws-cur");
    assertThat(
            texts(
                "select concat_ws(' ', line_item_unblended_cost, resource_tags['user_team'],"
                    + " resource_tags['n'], product_instance_type, native['a'], _row)"
                    + " from bronze__aws_cur"))
        .containsExactly("-0.5 '; drop table x; -- 1 =cmd() <script> 2");
  }

  @Test
  void readsBenefitsUnderTheNamesOfTheConfiguration() throws IOException {
    deliveries.write(
        "benefits.csv",
        "model,month,kind,qty,value_usd,currency\nvision-v3,2026-09,revenue,,12.50,USD\n");
    Config config =
        deliveries.config(
            "benefits",
            deliveries.exports().resolve("benefits.csv").toString(),
            ", columns: {model_id: model, quantity: qty, value: value_usd}");
    Bronze.register(spark, config, deliveries.land(config, List.of()).landed());
    assertThat(
            texts(
                "select concat_ws(' ', model_id, month, kind, quantity is null, value, currency, _row)"
                    + " from bronze__benefits"))
        .containsExactly("vision-v3 2026-09 revenue true 12.50 USD 2");
  }

  private Set<LocalDate> changedDays(Config config, Optional<Delivery> before, Delivery after) {
    return Bronze.changedDays(spark, config, before, after).values().iterator().next();
  }
}
