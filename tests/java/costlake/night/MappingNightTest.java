package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.lake.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs nights of a company with a licence that a mapping spreads over two months. */
@Tag("night")
class MappingNightTest {
  private static final String SOURCES =
      """
      sources:
        - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}
        - {id: licences, kind: mapping, mapping: licences, location: ../exports/licences}
      """;
  private static final String MAPPING =
      """
      title: licences
      spread: months
      charges:
        BillingAccountId: {value: acme}
        ChargePeriodStart: from
        ChargePeriodEnd: {column: to, inclusive: true}
        BilledCost: amount
        BillingCurrency: {value: USD}
        ServiceCategory: {value: Compute}
        ServiceName: {value: Licences}
        ServiceProviderName: {value: Vendor}
      """;

  @TempDir Path folder;

  private static List<String> licences(TinyCompany company) {
    return company
        .lake()
        .read(TinyCompany.CHARGES)
        .where("x_SourceId = 'licences'")
        .groupBy("x_ChargeDate")
        .agg(functions.sum("BilledCost"), functions.sum("EffectiveCost"))
        .orderBy("x_ChargeDate")
        .collectAsList()
        .stream()
        .map(
            row ->
                "%s %s %s"
                    .formatted(
                        row.getDate(0),
                        row.getDecimal(1).intValueExact(),
                        row.getDecimal(2).intValueExact()))
        .toList();
  }

  private static void deliver(TinyCompany company, String amount) {
    company.write(
        "exports/licences/2026-09/bill.csv",
        "from,to,amount\n2026-09-01,2026-10-31," + amount + "\n");
  }

  @Test
  void laterMonthsOfALicenceFollowItsCostAndGoWithItsMapping() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write("conf/mappings/licences.yml", MAPPING);
    company.write("conf/sources.yml", SOURCES);
    deliver(company, "61");
    company.night();
    // 61 days: 30 in September, 31 in October.
    assertThat(licences(company)).containsExactly("2026-09-01 61 30", "2026-10-01 0 31");

    deliver(company, "122");
    assertThat(company.night().outcomes())
        .extracting(Outcome::subject)
        .contains("mapped_spreads_add_up");
    assertThat(licences(company)).containsExactly("2026-09-01 122 60", "2026-10-01 0 62");

    company.write("conf/sources.yml", SOURCES.replace("mapping, mapping: licences", "focus"));
    company.deliverFocus(
        "licences",
        TinyCompany.azureLine("2026-09", "2026-09-02T00:00:00Z", "2026-09-02T01:00:00Z", "7"));
    company.night();
    assertThat(licences(company)).containsExactly("2026-09-02 7 7");
  }
}
