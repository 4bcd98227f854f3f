package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.lake.Outcome;
import costlake.lake.TableName;
import costlake.model.Layer;
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

  @Test
  void aTeamOfAMappingCountsBesideTheUsersOwnKeys() {
    TinyCompany company =
        new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ALLOCATION);
    company.configureLicences();
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Search}
        tags:
          keys: {team: [CostCentre]}
        """);
    company.write(
        "conf/mappings/licences.yml",
        """
        title: licences
        charges:
          BillingAccountId: {value: acme}
          ChargePeriodStart: day
          ChargePeriodEnd: {column: day, inclusive: true}
          BilledCost: amount
          BillingCurrency: {value: USD}
          ServiceCategory: {value: Compute}
          ServiceName: {value: Licences}
          ServiceProviderName: {value: Vendor}
        tags:
          team: squad
          CostCentre: centre
        """);
    company.write(
        "exports/licences/2026-09/bill.csv",
        """
        day,amount,squad,centre
        2026-09-01,50,search,
        2026-09-02,8,,search
        2026-09-03,3,search,platform
        2026-09-04,1,,
        """);
    company.night();
    assertThat(
            company
                .lake()
                .read(new TableName("allocation", "allocated_charges"))
                .where("x_SourceId = 'licences'")
                .groupBy("x_TeamId")
                .agg(functions.sum("BilledCost"))
                .orderBy("x_TeamId")
                .collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getDecimal(1).intValueExact())
        .containsExactly("platform 4", "search 58");
  }

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
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
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
