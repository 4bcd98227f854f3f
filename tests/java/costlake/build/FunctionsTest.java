package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the SQL functions that Costlake adds for models. */
class FunctionsTest {
  private static SparkSession spark;

  @BeforeAll
  static void register() {
    spark = SparkHarness.spark();
    Functions.register(spark);
  }

  @Test
  void readsMoneyExactlyOrNotAtAll() {
    String rows =
        """
        ('1.5'), ('-0.000000000000000000001'), (' +12 '), ('1.2E-7'), ('.5'), ('5.'),
        ('12345678901234567.000000000000000000001'), ('0.0827499841274349353'),
        ('99999999999999999'), ('100000000000000000'), ('0.0000000000000000000001'), ('1E-60'),
        ('NULL'), ('NaN'), ('$1.0'), ('1,234.56'), (''), ('-'), ('.'), (cast(null as string))""";
    List<Row> read =
        spark.sql("select to_money(t) from values " + rows + " as v(t)").collectAsList();
    assertThat(read)
        .extracting(row -> row.isNullAt(0) ? null : row.getDecimal(0).toPlainString())
        .containsExactly(
            "1.500000000000000000000",
            "-0.000000000000000000001",
            "12.000000000000000000000",
            "0.000000120000000000000",
            "0.500000000000000000000",
            "5.000000000000000000000",
            "12345678901234567.000000000000000000001",
            "0.082749984127434935300",
            "99999999999999999.000000000000000000000",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
  }

  @Test
  void dividesATextAsSplitPartDoes() {
    List<Row> parts =
        spark
            .sql(
                """
                select part_of(t, mark, n) as ours, split_part(t, mark, n) as sparks
                from values (''), (':'), ('a'), ('a:b'), (':a::b:'), ('arn:aws:ec2:us-east-1:1:instance/i-1'),
                    ('größe:größer.größte|\ud83d\ude00/:'), (cast(null as string)) as texts(t)
                cross join (select explode(array(':', '/', '.', '|', null)) as mark)
                cross join (select explode(array(1, 2, 3, 4, 5, 6, 7, null)) as n)""")
            .collectAsList();
    assertThat(parts).hasSize(320);
    assertThat(parts)
        .allSatisfy(
            part -> assertThat((String) part.getAs("ours")).isEqualTo(part.getAs("sparks")));
    assertThat(text("select part_of('a:b:c', ':', 2)")).isEqualTo("b");
  }

  @Test
  void namesTheHostsOfAList() {
    assertThat(text("select concat_ws(' ', host_names('gpu[01-02,07],login'))"))
        .isEqualTo("gpu01 gpu02 gpu07 login");
    assertThat(text("select cast(host_names('gpu[2-1]') is null as string)")).isEqualTo("true");
    assertThat(text("select cast(host_names(cast(null as string)) is null as string)"))
        .isEqualTo("true");
  }

  /** 700 x 0.3 + 200 x 3 / 2 + 100 x 0.3 / 2 + 60 x 15 + 20 x 15 = 1725. */
  @Test
  void pricesTokensByTheRatesOfAVendor() {
    String rates = "array(3, 0.3, 15, 0.5, 0.5)";
    assertThat(
            text(
                "select cast(cast(token_cost(%1$s, false, array(0, 700, 60)) + token_cost(%1$s, true, array(200, 100, 40)) as int) as string)"
                    .formatted(rates)))
        .isEqualTo("1725");
    assertThat(costOfOutput("null", "0")).isEqualTo("1");
    assertThat(costOfOutput("null", "1")).isEqualTo("unknown");
    assertThat(costOfOutput("2", "null")).isEqualTo("unknown");
  }

  private String costOfOutput(String price, String tokens) {
    return text(
        "select coalesce(cast(cast(token_cost(array(1, null, %s, null, null), true, array(1, 0, %s)) as int) as string), 'unknown')"
            .formatted(price, tokens));
  }

  /**
   * A price of the night of 2 September, the first day of the list: before, the prices of that day
   * count.
   */
  @Test
  void aPriceIsInForceInItsPeriodAndTimeOfDay() {
    String night =
        "array(date'2026-09-02', date'2026-09-03', date'2026-09-02'), array('20:00', '08:00')";
    assertThat(inForce(night, "2026-08-01 07:59:00")).isEqualTo("true");
    assertThat(inForce(night, "2026-08-01 08:00:00")).isEqualTo("false");
    assertThat(inForce(night, "2026-09-02 20:00:00")).isEqualTo("true");
    assertThat(inForce(night, "2026-09-03 20:00:00")).isEqualTo("false");
    assertThat(
            inForce(
                "array(null, date'2026-09-03', null), array(null, null)", "2020-01-01 00:00:00"))
        .isEqualTo("true");
  }

  private String inForce(String price, String time) {
    return text("select cast(in_force(%s, timestamp'%s') as string)".formatted(price, time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "part_of('a', '', 1)",
        "part_of('a', '::', 1)",
        "part_of('a', 'ä', 1)",
        "part_of('a', cast(X'BC' as string), 1)",
        "part_of('a', ':', 0)",
        "part_of('a', ':', -1)"
      })
  void refusesAMarkOrAPartThatCannotBe(String call) {
    assertThatThrownBy(() -> text("select " + call))
        .hasStackTraceContaining("part_of takes a mark of one ASCII character and a part from 1");
  }

  @Test
  void settlesSoThatThePartsAreTheWhole() {
    assertThat(apportioned("cast(100 as decimal(38,21))", "array(1, 1, 1)"))
        .containsExactly(
            new BigDecimal("33.333333333333333333334"),
            new BigDecimal("33.333333333333333333333"),
            new BigDecimal("33.333333333333333333333"));
    assertThat(apportioned("cast('-0.000000000000000000001' as decimal(38,21))", "array(1, 2)"))
        .containsExactly(
            new BigDecimal("0.000000000000000000000"), new BigDecimal("-0.000000000000000000001"));
  }

  @Test
  void dividesToTheDigitsThatAreStated() {
    assertThat(decimal("quotient(cast('2.5' as decimal(38,21)), 1000000, 21)"))
        .isEqualTo("0.000002500000000000000");
    assertThat(decimal("quotient(cast(2 as decimal(38,9)), 3, 18)"))
        .isEqualTo("0.666666666666666667");
    assertThat(decimal("quotient(cast(-1 as decimal(38,21)), 2, 0)")).isEqualTo("-1");
    assertThat(decimal("quotient(cast('1e15' as decimal(38,21)), cast('0.1' as decimal(1,1)), 21)"))
        .isEqualTo("10000000000000000.000000000000000000000");
    assertThat(
            decimal(
                "quotient(cast('99999999999999999999999999999' as decimal(38,9)), 1073741824, 9)"))
        .isEqualTo("93132257461547851562.499999999");
  }

  @Test
  void multipliesToTheDigitsThatAreStated() {
    assertThat(
            decimal(
                "product(cast('0.0000025' as decimal(38,21)), cast('1e15' as decimal(38,21)), 21)"))
        .isEqualTo("2500000000.000000000000000000000");
    assertThat(decimal("product(cast('0.0000000005' as decimal(38,21)), 1, 9)"))
        .isEqualTo("0.000000001");
  }

  @Test
  void anAnswerThatIsNotKnownOrDoesNotFitIsNull() {
    assertThat(decimal("quotient(1, 0, 21)")).isNull();
    assertThat(decimal("quotient(null, 2, 21)")).isNull();
    assertThat(decimal("quotient(2, null, 21)")).isNull();
    assertThat(decimal("quotient(cast('1e15' as decimal(38,21)), 0.001, 21)")).isNull();
    assertThat(decimal("product(cast('1e15' as decimal(38,21)), 1000, 21)")).isNull();
    assertThat(decimal("plus(cast('9e16' as decimal(38,21)), cast('1e16' as decimal(38,21)))"))
        .isNull();
  }

  @Test
  void addsWithoutLosingADigit() {
    assertThat(
            decimal(
                "plus(cast('0.000000000000000000001' as decimal(38,21)),"
                    + " cast('12345678901234567' as decimal(38,21)))"))
        .isEqualTo("12345678901234567.000000000000000000001");
  }

  @Test
  void settlesNothingWhenNobodyHasWeight() {
    assertThat(apportioned("cast(1 as decimal(38,21))", "array(0, 0)")).isNull();
    assertThat(apportioned("cast(1 as decimal(38,21))", "cast(array() as array<decimal(38,18)>)"))
        .isNull();
    assertThat(apportioned("cast(null as decimal(38,21))", "array(1)")).isNull();
  }

  @Test
  void worksOnStoredRowsAndInGeneratedCode() {
    Row row =
        spark
            .sql(
                "select count(*), sum(part) from (select explode(apportion(cast(id as decimal(38,21)),"
                    + " array(cast(id as decimal(38,9)), 1.5, 2))) as part from range(1000))")
            .first();
    assertThat(row.getLong(0)).isEqualTo(3000);
    assertThat(row.getDecimal(1)).isEqualByComparingTo("499500");
  }

  @Test
  void picksTheFirstRuleThatHoldsAndWhoseConditionsAreAllMet() {
    String rules =
        "array("
            + "struct(cast(null as date), date'2026-09-10', array(struct('a', '1'))),"
            + "struct(date'2026-09-10', cast(null as date), array(struct('a', '1'), struct('b', '2'))),"
            + "struct(cast(null as date), cast(null as date), array(struct('a', '1'))),"
            + "struct(cast(null as date), cast(null as date), cast(array() as array<struct<col1:string,col2:string>>)))";
    String query = "select first_rule(" + rules + ", date'%s', %s)";
    assertThat(number(query.formatted("2026-09-09", "map('a', '1')"))).isEqualTo(1);
    assertThat(number(query.formatted("2026-09-10", "map('a', '1', 'b', '2')"))).isEqualTo(2);
    assertThat(number(query.formatted("2026-09-10", "map('b', cast(null as string), 'a', '1')")))
        .isEqualTo(3);
    assertThat(number(query.formatted("2026-09-10", "map('a', '2')"))).isNull();
    assertThat(number(query.formatted("2026-09-10", "cast(map() as map<string,string>)"))).isNull();
  }

  @Test
  void findsAPlaceAmongTextsInOrder() {
    String texts = "array('', 'B', 'a', 'ab', 'ö')";
    for (int i = 1; i <= 5; i++) {
      assertThat(number("select position_in(%1$s, %1$s[%2$d])".formatted(texts, i - 1)))
          .isEqualTo(i);
    }
    assertThat(number("select position_in(" + texts + ", 'b')")).isNull();
    assertThat(number("select position_in(" + texts + ", null)")).isNull();
    assertThat(number("select position_in(cast(array() as array<string>), 'b')")).isNull();
  }

  @Test
  void takesTheFirstKeyThatHasAValue() {
    assertThat(text("select first_present(map('a', '', 'b', 'x', 'c', 'y'), array('a', 'b', 'c'))"))
        .isEqualTo("x");
    assertThat(text("select first_present(map('A', 'x'), array('a'))")).isNull();
  }

  @Test
  void addsValuesToAMapAndLosesNoneOfEither() {
    assertThat(text("select array_join(compact(array('a', null, '')), '|')")).isEqualTo("a|");
    assertThat(
            text(
                "select to_json(with_values(map('unit', 'GB', 'clock', '2 GHz', 'rate', '0.5'),"
                    + " array('unit', 'rate', 'none'), array('Hrs', '0.5', null)))"))
        .isEqualTo(
            "{\"unit\":\"Hrs\",\"rate\":\"0.5\",\"native_unit\":\"GB\",\"clock\":\"2 GHz\"}");
  }

  private static Integer number(String sql) {
    Row row = spark.sql(sql).first();
    return row.isNullAt(0) ? null : row.getInt(0);
  }

  private static String decimal(String expression) {
    Row row = spark.sql("select " + expression).first();
    return row.isNullAt(0) ? null : row.getDecimal(0).toPlainString();
  }

  private static String text(String sql) {
    return spark.sql(sql).first().getString(0);
  }

  private static List<BigDecimal> apportioned(String total, String weights) {
    Row row = spark.sql("select apportion(" + total + ", " + weights + ")").first();
    return row.isNullAt(0) ? null : row.getList(0);
  }
}
