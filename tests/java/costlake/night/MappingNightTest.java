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

  @Test
  void laterMonthsOfALicenceFollowItsCostAndGoWithItsMapping() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.configureLicences();
    company.deliverLicence("61");
    company.night();
    // 61 days: 30 in September, 31 in October.
    assertThat(licences(company)).containsExactly("2026-09-01 61 30", "2026-10-01 0 31");

    company.deliverLicence("122");
    assertThat(company.night().outcomes())
        .extracting(Outcome::subject)
        .contains("mapped_spreads_add_up");
    assertThat(licences(company)).containsExactly("2026-09-01 122 60", "2026-10-01 0 62");

    company.replaceInSources("mapping, mapping: licences", "focus");
    company.deliverFocus(
        "licences",
        TinyCompany.azureLine("2026-09", "2026-09-02T00:00:00Z", "2026-09-02T01:00:00Z", "7"));
    company.night();
    assertThat(licences(company)).containsExactly("2026-09-02 7 7");
  }
}
