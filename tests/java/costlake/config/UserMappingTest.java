package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserMappingTest {
  private static final String MAPPING =
      """
      title: invoices of Acme
      charges:
        BillingAccountId: {value: a-1}
        ChargePeriodStart: Day
        ChargePeriodEnd: {lasts: day}
        BilledCost: Amount
        BillingCurrency: {value: USD}
        ServiceCategory: {value: Compute}
        ServiceName: Product
        ServiceProviderName: {value: Acme}
      """;
  private static final String PRICED =
      MAPPING.replace("  BilledCost: Amount\n  BillingCurrency: {value: USD}\n", "")
          + "  PricingQuantity: {column: minutes, divide_by: 60}\n"
          + "  PricingUnit: {value: Hours}\n"
          + "prices:\n"
          + "  - {where: {Product: H100}, unit: Hours, price: 2.49, currency: USD,"
          + " to: 2026-09-15}\n"
          + "  - {where: {Product: H100}, unit: Hours, price: 2.29, currency: USD,"
          + " from: 2026-09-15}\n";

  private static final String LISTED =
      PRICED.substring(0, PRICED.indexOf("prices:")) + "price_list: prices.csv\n";

  @TempDir Path dir;

  private static UserMapping read(String yaml) {
    return UserMappingReader.of(new MappingText("acme.yml", yaml, null));
  }

  private static void refuses(String yaml, String... problems) {
    refuses(new MappingText("acme.yml", yaml, null), problems);
  }

  private static void refusesPrices(String prices, String... problems) {
    refuses(new MappingText("acme.yml", LISTED, prices), problems);
  }

  private static void refuses(MappingText text, String... problems) {
    assertThatThrownBy(() -> UserMappingReader.of(text))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(problems);
  }

  @Test
  void readsRulesInTheirShortAndLongForms() {
    UserMapping mapping = read(MAPPING + "  ResourceId: [Machine, Disk]\n");
    assertThat(mapping.charges().get("BilledCost").columns()).containsExactly("Amount");
    assertThat(mapping.charges().get("ResourceId").columns()).containsExactly("Machine", "Disk");
    assertThat(mapping.charges().get("BillingCurrency").value()).isEqualTo("USD");
    assertThat(mapping.columns())
        .containsExactlyInAnyOrder("Day", "Amount", "Product", "Machine", "Disk");
  }

  @Test
  void aRuleNeedsOneOfItsColumns() {
    UserMapping mapping =
        read(MAPPING.replace("BilledCost: Amount", "BilledCost: [Total, Amount]"));
    assertThat(mapping.absent(Set.of("Day", "Product", "Amount")::contains)).isEmpty();
    assertThat(mapping.absent(Set.of("Day", "Product")::contains))
        .containsExactly("Total", "Amount");
  }

  @Test
  void namesTheNearestFocusColumn() {
    refuses(
        MAPPING.replace("BilledCost:", "BiledCost:"),
        "acme.yml:6: 'BiledCost' is no column of FOCUS. Did you mean 'BilledCost'?",
        "'charges' lacks BilledCost (or prices, or ContractedUnitPrice and PricingQuantity)");
  }

  @Test
  void namesTheNearestKey() {
    refuses(
        MAPPING + "skipp:\n  - {Product: Total}\n", "unknown key 'skipp'. Did you mean 'skip'?");
  }

  @Test
  void aRuleHasOneOrigin() {
    refuses(
        MAPPING + "  ResourceId: {column: Machine, value: m-1}\n",
        "acme.yml:11: 'ResourceId' needs either a column or a value");
    refuses(
        MAPPING + "tags: {team: {otherwise: x}}\n", "'tags.team' needs either a column or a value");
  }

  @Test
  void aConstantMustBeAllowed() {
    refuses(
        MAPPING.replace("{value: Compute}", "{value: Computer}"),
        "ServiceCategory cannot be 'Computer'. Did you mean 'Compute'?");
    refuses(
        MAPPING + "  ChargeCategory: {column: Type, values: {use: Usages}}\n",
        "ChargeCategory cannot be 'Usages'. Did you mean 'Usage'?");
  }

  @Test
  void aCurrencyIsACode() {
    refuses(
        MAPPING.replace("{value: USD}", "{value: Euro}"),
        "BillingCurrency cannot be 'Euro': write a code of ISO 4217 such as USD");
    refuses(
        PRICED.replace("currency: USD", "currency: usd"),
        "acme.yml:12: currency cannot be 'usd': write a code of ISO 4217");
  }

  @Test
  void aPinnedMappingIsNotCheckedAgain() {
    String old = MAPPING.replace("{value: Compute}", "{value: Computing}");
    refuses(old, "ServiceCategory cannot be 'Computing'");
    assertThat(UserMapping.pinned(new MappingText("acme.yml", old, null)).title())
        .isEqualTo("invoices of Acme");
  }

  @Test
  void tagsHaveAKeyOfTheirOwn() {
    refuses(MAPPING + "  Tags: Labels\n", "Write tags: {key: column} or tags_from: column");
  }

  @Test
  void onlyNumbersAreMultiplied() {
    refuses(
        MAPPING + "  RegionId: {column: Region, multiply_by: 2}\n",
        "'RegionId' is not a number and cannot be multiplied");
    refuses(
        MAPPING + "  PricingQuantity: {column: Minutes, divide_by: 0}\n",
        "'PricingQuantity' cannot be divided by zero");
    refuses(
        MAPPING.replace("BilledCost: Amount", "BilledCost: {column: Amount, multiply_by: 0}"),
        "'BilledCost' cannot be multiplied by zero");
  }

  @Test
  void namesFormatsAndZonesThatAreNone() {
    refuses(
        MAPPING + "times: [nonsense]\nzone: Mars\n",
        "'times' cannot be 'nonsense'",
        "'zone' cannot be 'Mars'");
  }

  @Test
  void anHourOfHalfADayNeedsAmOrPm() {
    refuses(
        MAPPING + "times: ['MM/dd/yyyy hh:mm']\n",
        "'times' cannot be 'MM/dd/yyyy hh:mm': h is an hour before or after noon");
    assertThat(read(MAPPING + "times: ['MM/dd/yyyy hh:mm a', \"yyyy-MM-dd'h'HH\"]\n").times())
        .hasSize(2);
  }

  @Test
  void aSpaceMayStandBetweenThousands() {
    NumberFormat numbers = read(MAPPING + "numbers: {decimal: ',', group: space}\n").numbers();
    assertThat(numbers.parse("1 234,50").orElseThrow()).isEqualByComparingTo("1234.50");
    assertThat(numbers.parse("1\u202F234,50").orElseThrow()).isEqualByComparingTo("1234.50");
    assertThat(numbers.parse("12 34,50")).isEmpty();
  }

  @Test
  void aNullTextIsWrittenInQuotes() {
    refuses(MAPPING + "null_text: NULL\n", "acme.yml:11: 'null_text' is the null of YAML");
    assertThat(read(MAPPING + "null_text: 'NULL'\n").nullText()).isEqualTo("NULL");
  }

  @Test
  void aListOfPricesMayBeginWithAByteOrderMark() throws IOException {
    Path file = dir.resolve("acme.yml");
    Files.writeString(file, LISTED.replace("Hours}", "Hours}\n  BillingCurrency: {value: USD}"));
    Files.writeString(dir.resolve("prices.csv"), "\uFEFFunit,price\nHours,2\n");
    assertThat(UserMapping.read(file).prices()).hasSize(1);
  }

  @Test
  void theMarksOfNumbersDiffer() {
    refuses(
        MAPPING + "numbers: {decimal: ',', group: ','}\n",
        "acme.yml:11: 'numbers.group' cannot be the mark before the decimals");
  }

  @Test
  void aConditionNeedsAColumnWithAText() {
    refuses(
        MAPPING + "skip:\n  - {}\n  - {Product: }\n",
        "'skip' 1 holds for every row. Name a column",
        "'skip' 2 needs a text for 'Product'. Write '' for an empty column");
    refuses(
        MAPPING + "sign:\n  negate:\n    - {Product: }\n",
        "'sign.negate' 1 needs a text for 'Product'");
    assertThat(read(MAPPING + "skip:\n  - {Product: ''}\n").skip()).hasSize(1);
  }

  @Test
  void pricesReplaceTheCost() {
    List<MappingPrice> prices = read(PRICED).prices();
    assertThat(prices).hasSize(2);
    assertThat(prices.get(0).where().columns()).containsExactly("Product");
  }

  @Test
  void aUnitNeedsAPrice() {
    refuses(
        PRICED.replace("{value: Hours}", "{value: Hour}"),
        "unit 'Hour' has no price. Did you mean 'Hours'? Units with a price: Hours");
  }

  @Test
  void twoPricesOfOneDayAreAmbiguous() {
    refuses(
        PRICED.replace("to: 2026-09-15", "to: 2026-09-16"),
        "acme.yml:13: another price for the same rows and days is at acme.yml:12");
  }

  @Test
  void aPriceIsNotNegativeAndInForceOnSomeDay() {
    refuses(PRICED.replace("2.29", "-2.29"), "price -2.29 is negative");
    refuses(
        PRICED.replace("from: 2026-09-15", "from: 2026-09-15, to: 2026-09-15"),
        "'to' 2026-09-15 is not after 'from' 2026-09-15");
  }

  @Test
  void aSpreadComputesTheEffectiveCost() {
    refuses(
        MAPPING + "  EffectiveCost: Amount\nspread: months\n",
        "'EffectiveCost' is computed if 'spread' is months");
    refuses(
        MAPPING + "  PricingCurrencyEffectiveCost: Amount\nspread: months\n",
        "'PricingCurrencyEffectiveCost' is computed if 'spread' is months");
  }

  @Test
  void readsAListOfPrices() {
    UserMapping mapping =
        UserMappingReader.of(
            new MappingText(
                "conf/mappings/acme.yml",
                LISTED,
                "Product,unit,price,currency,from\nH100,Hours,2.49,USD,2026-01-01\n,Hours,1,USD,\n"));
    assertThat(mapping.prices()).hasSize(2);
    assertThat(mapping.prices().get(1).where().columns()).isEmpty();
    assertThat(mapping.prices().get(0).origin()).hasToString("conf/mappings/prices.csv:2");
  }

  @Test
  void namesTheLineOfAWrongPrice() {
    refusesPrices("unit,price\nHours,two\n", "prices.csv:2: price cannot be 'two': write a number");
    refusesPrices("unit,price,from\nHours,2,soon\n", "prices.csv:2: from and to must be days");
    refusesPrices("units,price\nHours,2\n", "prices.csv:1: needs the columns unit, price");
  }

  @Test
  void aListOfPricesMustExist() throws IOException {
    Path file = dir.resolve("acme.yml");
    Files.writeString(file, MAPPING + "price_list: prices.csv\n");
    assertThatThrownBy(() -> UserMapping.read(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("prices.csv cannot be read");
  }

  private Config load(String source) throws IOException {
    Files.createDirectories(dir.resolve("mappings"));
    Files.writeString(dir.resolve("mappings/acme.yml"), MAPPING);
    Files.writeString(dir.resolve("sources.yml"), "sources:\n  - " + source + "\n");
    return Config.load(dir, null, Map.of());
  }

  @Test
  void aSourceNamesItsMapping() throws IOException {
    Config config = load("{id: acme-eu, kind: mapping, mapping: acme, location: bills}");
    assertThat(config.mapping("acme-eu").orElseThrow().title()).isEqualTo("invoices of Acme");
  }

  @Test
  void namesTheNearestMapping() {
    assertThatThrownBy(() -> load("{id: a, kind: mapping, mapping: acmee, location: bills}"))
        .hasMessageContaining("sources.yml:2: mapping 'acmee' is not in")
        .hasMessageContaining("Did you mean 'acme'?");
  }

  @Test
  void onlyTheKindMappingHasOne() {
    assertThatThrownBy(() -> load("{id: a, kind: mapping, location: bills}"))
        .hasMessageContaining("source 'a' needs mapping");
    assertThatThrownBy(() -> load("{id: a, kind: focus, mapping: acme, location: bills}"))
        .hasMessageContaining("source 'a' has a mapping, so its kind must be mapping");
  }

  @Test
  void theDigestIsOfTheContent() {
    MappingText text = new MappingText("a.yml", MAPPING, "unit,price\n");
    assertThat(new MappingText("b.yml", MAPPING, "unit,price\n").digest()).isEqualTo(text.digest());
    assertThat(new MappingText("a.yml", MAPPING, null).digest()).isNotEqualTo(text.digest());
  }
}
