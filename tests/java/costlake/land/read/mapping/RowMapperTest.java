package costlake.land.read.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.MappingText;
import costlake.config.UserMapping;
import costlake.land.read.rows.JsonMaps;
import costlake.land.read.rows.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One test for each rule of a mapping. */
class RowMapperTest {
  private static final String MAPPING =
      """
      title: invoices of Acme
      charges:
        BillingAccountId: {value: a-1}
        ChargePeriodStart: day
        ChargePeriodEnd: {lasts: day}
        BilledCost: amount
        BillingCurrency: {value: USD}
        ServiceCategory: {value: Compute}
        ServiceName: {value: Machines}
        ServiceProviderName: {value: Acme}
      """;
  private static final String PRICED =
      MAPPING.replace("  BilledCost: amount\n", "")
          + """
            PricingQuantity: {column: minutes, divide_by: 60}
            PricingUnit: unit
          prices:
            - {where: {gpu: H100}, unit: Hours, price: 2.49, to: 2026-09-15}
            - {where: {gpu: H100}, unit: Hours, price: 2.29, from: 2026-09-15}
            - {where: {gpu: H100, region: eu}, unit: Hours, price: 3}
            - {where: {gpu: A100, zone: z}, unit: Hours, price: 1}
            - {where: {gpu: A100, rack: r}, unit: Hours, price: 2}
          """;

  /** A row of one line. */
  private record OneRow(List<String> values) implements RowReader {
    @Override
    public boolean next() {
      return false;
    }

    @Override
    public @Nullable String reject() {
      return null;
    }

    @Override
    public long number() {
      return 1;
    }

    @Override
    public @Nullable UTF8String text(int field) {
      return values.get(field).isEmpty() ? null : UTF8String.fromString(values.get(field));
    }

    @Override
    public Map<UTF8String, UTF8String> object(int field) {
      Map<UTF8String, UTF8String> members =
          JsonMaps.parse(values.get(field).getBytes(StandardCharsets.UTF_8));
      return members == null ? new HashMap<>() : members;
    }

    @Override
    public boolean whole() {
      return true;
    }

    @Override
    public long wholeKey(long seed) {
      return seed;
    }

    @Override
    public List<String> repairs() {
      return List.of();
    }

    @Override
    public String raw() {
      return "";
    }

    @Override
    public void close() {}
  }

  private static ChargeRow map(String yaml, String... columnsAndTexts) {
    List<String> header = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < columnsAndTexts.length; i += 2) {
      header.add(columnsAndTexts[i]);
      texts.add(columnsAndTexts[i + 1]);
    }
    UserMapping mapping = UserMapping.pinned(new MappingText("acme.yml", yaml, null));
    return new RowMapper(mapping, header).map(new OneRow(texts));
  }

  private static ChargeRow usual(String more, String... columnsAndTexts) {
    List<String> row = new ArrayList<>(List.of("day", "2026-09-03", "amount", "12.50"));
    row.addAll(List.of(columnsAndTexts));
    return map(MAPPING + more, row.toArray(String[]::new));
  }

  private static ChargeRow cost(String more, String amount, String... columnsAndTexts) {
    List<String> row = new ArrayList<>(List.of("day", "2026-09-03", "amount", amount));
    row.addAll(List.of(columnsAndTexts));
    return map(MAPPING + more, row.toArray(String[]::new));
  }

  private static void assertValues(ChargeRow charge, String... columnsAndTexts) {
    assertThat(charge.problem()).isNull();
    for (int i = 0; i < columnsAndTexts.length; i += 2) {
      assertThat(charge.get(columnsAndTexts[i]))
          .as(columnsAndTexts[i])
          .isEqualTo(columnsAndTexts[i + 1]);
    }
  }

  @Test
  void aRowBecomesACharge() {
    assertValues(
        usual(""),
        "BilledCost",
        "12.5",
        "BillingCurrency",
        "USD",
        "ChargePeriodStart",
        "2026-09-03T00:00",
        "ChargePeriodEnd",
        "2026-09-04T00:00",
        "BillingPeriodStart",
        "2026-09-01",
        "BillingPeriodEnd",
        "2026-10-01",
        "ChargeCategory",
        "Usage",
        "ChargeFrequency",
        "Usage-Based",
        "_stated_cost",
        "12.50");
  }

  @Test
  void theFirstColumnWithAValueCounts() {
    String rule = "  ResourceId: [machine, disk]\n";
    assertValues(usual(rule, "machine", "", "disk", "d-1"), "ResourceId", "d-1");
    assertValues(usual(rule, "machine", "m-1", "disk", "d-1"), "ResourceId", "m-1");
  }

  @Test
  void aTextBecomesItsValue() {
    String rule = "  RegionId: {column: site, values: {Paris: eu-west-3}}\n";
    assertValues(usual(rule, "site", "Paris"), "RegionId", "eu-west-3");
    assertThat(usual(rule, "site", "Pariss").problem())
        .isEqualTo("site (RegionId): 'Pariss' is not among its values. Did you mean 'Paris'?");
  }

  @Test
  void otherwiseIsForEmptyColumnsAndUnknownTexts() {
    String rule = "  RegionId: {column: site, values: {Paris: eu-west-3}, otherwise: other}\n";
    assertValues(usual(rule, "site", "Rome"), "RegionId", "other");
    assertValues(usual(rule, "site", ""), "RegionId", "other");
  }

  @Test
  void aDeliveredTextMustBeAllowed() {
    assertThat(usual("  ChargeCategory: type\n", "type", "usage").problem())
        .isEqualTo(
            "type (ChargeCategory) cannot be 'usage'. Did you mean 'Usage'? Map its text with"
                + " 'values'");
  }

  @Test
  void aCurrencyIsACode() {
    String yaml = MAPPING.replace("BillingCurrency: {value: USD}", "BillingCurrency: currency");
    assertValues(
        map(yaml, "day", "2026-09-03", "amount", "1", "currency", "EUR"), "BillingCurrency", "EUR");
    assertThat(map(yaml, "day", "2026-09-03", "amount", "1", "currency", "$").problem())
        .startsWith("currency (BillingCurrency) cannot be '$': it is no code of ISO 4217");
  }

  @Test
  void aRequiredColumnNeedsAValue() {
    assertThat(cost("", "").problem()).isEqualTo("amount (BilledCost) is empty");
    assertThat(map(MAPPING, "day", "", "amount", "1").problem())
        .isEqualTo("day (ChargePeriodStart) is empty");
  }

  @Test
  void aRejectedRowKeepsItsCost() {
    ChargeRow charge = map(MAPPING, "day", "soon", "amount", "12.50");
    assertThat(charge.problem())
        .isEqualTo(
            "day (ChargePeriodStart) is not a time in the formats of 'times' (iso): 'soon'. Add its"
                + " format");
    assertThat(charge.get("BilledCost")).isEqualTo("12.5");
  }

  @Test
  void skippedRowsAreNoCharges() {
    String skip = "skip:\n  - {item: Total*}\n  - {item: '', amount: '0'}\n";
    assertThat(cost(skip, "x", "item", "Total of September").get("_skipped")).isEqualTo("skip 1");
    assertThat(cost(skip, "0", "item", "").get("_skipped")).isEqualTo("skip 2");
    assertThat(cost(skip, "5", "item", "").get("_skipped")).isNull();
  }

  @Test
  void readsTimesInTheirZoneAndDaysInNone() {
    String zoned = "zone: America/Los_Angeles\ntimes: ['MM/dd/yyyy HH:mm', MM/dd/yyyy]\n";
    assertValues(
        map(MAPPING + zoned, "day", "09/30/2026 18:30", "amount", "1"),
        "ChargePeriodStart",
        "2026-10-01T01:30",
        "BillingPeriodStart",
        "2026-09-01");
    assertValues(
        map(MAPPING + zoned, "day", "09/30/2026", "amount", "1"),
        "ChargePeriodStart",
        "2026-09-30T00:00");
  }

  @Test
  void theMonthIsThatOfTheZone() {
    String billed = "  BillingPeriodStart: billed\n";
    assertValues(
        usual(billed + "zone: Europe/Paris\n", "billed", "2026-10-01 00:00:00"),
        "BillingPeriodStart",
        "2026-10-01",
        "BillingPeriodEnd",
        "2026-11-01");
    assertValues(
        usual(billed, "billed", "2026-10-01T00:00:00+02:00"), "BillingPeriodStart", "2026-10-01");
  }

  @Test
  void aDayAndAMonthLastAsLongAsInTheirZone() {
    // Clocks in Paris are set back on 25 October 2026.
    String paris = MAPPING + "zone: Europe/Paris\n";
    assertValues(
        map(paris, "day", "2026-10-25 00:00:00", "amount", "1"),
        "ChargePeriodStart",
        "2026-10-24T22:00",
        "ChargePeriodEnd",
        "2026-10-25T23:00");
    assertValues(
        map(
            paris.replace("lasts: day", "lasts: month"),
            "day",
            "2026-10-01 00:00:00",
            "amount",
            "1"),
        "ChargePeriodEnd",
        "2026-10-31T23:00");
  }

  @Test
  void aTaxAndACreditAreNotSpread() {
    String spread = "  ChargeCategory: type\nspread: months\n";
    assertValues(usual(spread, "type", "Purchase"), "_spread", "months");
    for (String category : List.of("Tax", "Adjustment")) {
      ChargeRow charge = usual(spread, "type", category);
      assertThat(charge.get("_spread")).isNull();
      assertThat(charge.repairs()).doesNotContain("cost_spread_over_months");
    }
  }

  @Test
  void aSpreadHasTheDaysOfItsZone() {
    String paris =
        MAPPING.replace("lasts: day", "lasts: month") + "zone: Europe/Paris\nspread: months\n";
    assertValues(
        map(paris, "day", "2026-10-01 00:00:00", "amount", "1"),
        "_first_day",
        "2026-10-01",
        "_end_day",
        "2026-11-01");
    assertValues(
        map(paris, "day", "2026-10-01 09:00:00", "amount", "1"),
        "_first_day",
        "2026-10-01",
        "_end_day",
        "2026-11-02");
  }

  @Test
  void readsOffsetsAndUnixTimes() {
    assertValues(
        map(MAPPING, "day", "2026-09-15 02:00:00+02:00", "amount", "1"),
        "ChargePeriodStart",
        "2026-09-15T00:00");
    assertValues(
        map(MAPPING + "times: [unix_s]\n", "day", "1789430400", "amount", "1"),
        "ChargePeriodStart",
        "2026-09-15T00:00");
    assertValues(
        map(MAPPING + "times: [unix_ms]\n", "day", "1789430400500", "amount", "1"),
        "ChargePeriodStart",
        "2026-09-15T00:00:00.500");
  }

  @Test
  void aWrongUnitOfTimeIsRejected() {
    assertThat(map(MAPPING + "times: [unix_s]\n", "day", "1789430400500", "amount", "1").problem())
        .isEqualTo(
            "day (ChargePeriodStart) '1789430400500' is in the year 58674, which is not between 2000"
                + " and 2099");
    assertThat(map(MAPPING + "times: [unix_ms]\n", "day", "1789430400", "amount", "1").problem())
        .contains("is in the year 1970");
  }

  @Test
  void aSpreadHasAnEnd() {
    String spread =
        MAPPING.replace("{lasts: day}", "{column: to, inclusive: true}") + "spread: months\n";
    assertThat(map(spread, "day", "2026-09-01", "to", "9999-12-31", "amount", "1").problem())
        .contains("to (ChargePeriodEnd) '9999-12-31' is in the year 9999");
    assertThat(map(spread, "day", "2026-09-01", "to", "2036-09-01", "amount", "1").problem())
        .isEqualTo(
            "the cost cannot be spread from 2026-09-01 to 2036-09-02, over more than 10 years");
    assertThat(map(spread, "day", "2026-09-01", "to", "2036-08-31", "amount", "1").problem())
        .isNull();
  }

  @Test
  void aMonthIsATime() {
    String month = MAPPING.replace("lasts: day", "lasts: month");
    assertValues(
        map(month, "day", "2026-09", "amount", "1"),
        "ChargePeriodStart",
        "2026-09-01T00:00",
        "ChargePeriodEnd",
        "2026-10-01T00:00");
    assertValues(
        map(month + "times: [MMM yyyy]\n", "day", "Sep 2026", "amount", "1"),
        "ChargePeriodStart",
        "2026-09-01T00:00");
  }

  @Test
  void anInclusiveEndBelongsToThePeriod() {
    String end = MAPPING.replace("{lasts: day}", "{column: to, inclusive: true}");
    assertValues(
        map(end, "day", "2026-09-01", "to", "2026-09-30", "amount", "1"),
        "ChargePeriodEnd",
        "2026-10-01T00:00");
    assertValues(
        map(end, "day", "2026-09", "to", "2026-10", "amount", "1"),
        "ChargePeriodEnd",
        "2026-11-01T00:00");
    assertValues(
        map(end + "times: [MMM yyyy]\n", "day", "Sep 2026", "to", "Sep 2026", "amount", "1"),
        "ChargePeriodEnd",
        "2026-10-01T00:00");
    assertValues(
        map(end, "day", "2026-09-01", "to", "2026-09-30T23:59:59Z", "amount", "1"),
        "ChargePeriodEnd",
        "2026-10-01T00:00");
    assertThat(map(end, "day", "2026-09-02", "to", "2026-08-31", "amount", "1").problem())
        .isEqualTo(
            "ChargePeriodEnd 2026-09-01T00:00 is not after ChargePeriodStart 2026-09-02T00:00");
  }

  @Test
  void theBillingPeriodMayBeAnotherMonth() {
    assertValues(
        usual("  BillingPeriodStart: billed\n", "billed", "2026-10-02"),
        "BillingPeriodStart",
        "2026-10-01",
        "BillingPeriodEnd",
        "2026-11-01");
  }

  @Test
  void convertsUnits() {
    assertValues(
        usual(
            "  PricingQuantity: {column: minutes, divide_by: 60}\n  PricingUnit: {value: Hours}\n",
            "minutes",
            "100"),
        "PricingQuantity",
        "1.666666666666666666667",
        "ConsumedQuantity",
        "1.666666666666666666667",
        "ConsumedUnit",
        "Hours");
  }

  @Test
  void aUnitWithoutAQuantityIsLeftOut() {
    ChargeRow charge =
        usual("  PricingQuantity: hours\n  PricingUnit: {value: Hours}\n", "hours", "");
    assertThat(charge.problem()).isNull();
    assertThat(charge.has("PricingUnit")).isFalse();
  }

  @Test
  void negatesCosts() {
    String sign = "  ChargeCategory: type\nsign:\n  negate:\n    - {type: Credit}\n";
    ChargeRow credit = cost(sign, "30", "type", "Credit");
    assertValues(credit, "BilledCost", "-30", "_stated_cost", "30", "_cost_factor", "-1");
    assertThat(credit.repairs()).containsExactly("cost_sign_reversed");
    assertValues(
        usual(
            """
              PricingCurrencyEffectiveCost: euros
              ChargeCategory: {value: Credit}
            sign: {negate: [{kind: C}]}
            """,
            "euros",
            "11",
            "kind",
            "C"),
        "PricingCurrencyEffectiveCost",
        "-11");
    assertValues(cost(sign, "30", "type", "Usage"), "BilledCost", "30");
  }

  @Test
  void saysThatACostWasConverted() {
    String cents =
        MAPPING.replace("BilledCost: amount", "BilledCost: {column: amount, divide_by: 100}");
    ChargeRow charge = map(cents, "day", "2026-09-03", "amount", "1250");
    assertValues(charge, "BilledCost", "12.5");
    assertThat(charge.repairs()).containsExactly("cost_converted");
    assertThat(usual("").repairs()).isEmpty();
  }

  @Test
  void aProductIsRoundedBeforeItIsDivided() {
    // 1e-21 * 1.4 = 1e-21 when rounded, and divided by 0.01, 1e-19.
    assertValues(
        map(
            MAPPING.replace(
                "BilledCost: amount",
                "BilledCost: {column: amount, multiply_by: 1.4, divide_by: 0.01}"),
            "day",
            "2026-09-03",
            "amount",
            "0.000000000000000000001"),
        "BilledCost",
        "0.0000000000000000001");
  }

  @Test
  void refusesAWrongSign() {
    assertThat(cost("", "-5").problem())
        .startsWith("BilledCost -5 is negative, but the charge is Usage. Map its ChargeCategory");
    assertThat(cost("  ChargeCategory: {value: Credit}\n", "5").problem())
        .startsWith("BilledCost 5 is positive, but a Credit lowers the cost.");
    assertValues(
        cost("sign:\n  any:\n    - {item: Refund}\n", "-5", "item", "Refund"), "BilledCost", "-5");
    assertValues(cost("  ChargeCategory: {value: Adjustment}\n", "-5"), "BilledCost", "-5");
  }

  @Test
  void namesANumberThatIsNone() {
    assertThat(cost("", "1,250.00").problem())
        .isEqualTo(
            "amount (BilledCost) is not a number as 'numbers' describes them (decimal '.'):"
                + " '1,250.00'");
  }

  @Test
  void collectsTags() {
    assertValues(
        usual(
            "tags: {team: project, env: {value: prod}}\ntags_from: labels\n",
            "project",
            "search \"1\"",
            "labels",
            "{\"team\":\"no\",\"job\":7}"),
        "Tags",
        "{\"team\":\"search \\\"1\\\"\",\"env\":\"prod\",\"job\":\"7\"}");
    assertThat(usual("tags_from: labels\n", "labels", "team=a").problem())
        .isEqualTo("labels is not a JSON object");
  }

  @Test
  void readsMembersOfObjects() {
    assertValues(
        usual("  SkuId: usage.gpu.model\n", "usage", "{\"gpu\":{\"model\":\"H100\"}}"),
        "SkuId",
        "H100");
    assertValues(
        usual("  SkuId: {column: usage.gpu, otherwise: none}\n", "usage", "x"), "SkuId", "none");
  }

  @Test
  void anOptionalColumnMayBeMissing() {
    ChargeRow charge = usual("  ResourceId: {column: machine, optional: true}\n");
    assertThat(charge.problem()).isNull();
    assertThat(charge.get("ResourceId")).isNull();
  }

  private static ChargeRow priced(String day, String gpu, String minutes, String... more) {
    List<String> row =
        new ArrayList<>(List.of("day", day, "gpu", gpu, "minutes", minutes, "unit", "Hours"));
    row.addAll(List.of(more));
    return map(PRICED, row.toArray(String[]::new));
  }

  @Test
  void thePriceOfTheDayCounts() {
    // By hand: 180 min = 3 h at 2.49; 100 min at 2.29 an hour = 229 / 60.
    ChargeRow before = priced("2026-09-14", "H100", "180");
    assertValues(before, "BilledCost", "7.47", "ContractedUnitPrice", "2.49");
    assertValues(before, "_stated_cost", "180", "_cost_factor", "2.49", "_cost_divisor", "60");
    assertThat(before.repairs()).containsExactly("cost_from_price");
    assertValues(priced("2026-09-15", "H100", "100"), "BilledCost", "3.816666666666666666667");
  }

  @Test
  void thePriceIsThatOfTheDayInItsZone() {
    assertValues(
        map(
            PRICED + "zone: Europe/Paris\n",
            "day",
            "2026-09-15 00:30:00",
            "gpu",
            "H100",
            "minutes",
            "60",
            "unit",
            "Hours"),
        "ContractedUnitPrice",
        "2.29");
  }

  @Test
  void aRowMayHaveItsOwnPrice() {
    String yaml =
        MAPPING.replace(
            "  BilledCost: amount\n",
            "  PricingQuantity: {column: minutes, divide_by: 60}\n  ContractedUnitPrice: rate\n");
    // 100 min at 2.29 an hour = 229 / 60.
    ChargeRow charge = map(yaml, "day", "2026-09-15", "minutes", "100", "rate", "2.29");
    assertValues(charge, "BilledCost", "3.816666666666666666667", "_stated_cost", "100");
    assertThat(charge.repairs()).containsExactly("cost_from_unit_price");
    assertThat(map(yaml, "day", "2026-09-15", "minutes", "100", "rate", "").problem())
        .isEqualTo("BilledCost is empty");
  }

  @Test
  void thePriceWithMoreConditionsCounts() {
    assertValues(
        priced("2026-09-15", "H100", "60", "region", "eu"),
        "BilledCost",
        "3",
        "PricingQuantity",
        "1");
  }

  @Test
  void namesWhatHasNoPrice() {
    assertThat(priced("2026-09-15", "L40S", "60").problem())
        .isEqualTo("no price of unit 'Hours' is for this row on 2026-09-15");
    assertThat(
            map(PRICED, "day", "2026-09-15", "gpu", "H100", "minutes", "60", "unit", "Hour")
                .problem())
        .isEqualTo("unit 'Hour' has no price. Did you mean 'Hours'?");
    assertThat(priced("2026-09-15", "H100", "").problem())
        .isEqualTo("no price applies, because PricingQuantity is empty");
  }

  @Test
  void twoPricesOfARowAreAmbiguous() {
    assertThat(priced("2026-09-15", "A100", "60", "zone", "z", "rack", "r").problem())
        .isEqualTo("two prices apply: acme.yml:16 and acme.yml:17");
  }
}
