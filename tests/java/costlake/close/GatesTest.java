package costlake.close;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatesTest {
  @TempDir Path conf;

  private Gate deliveries(String irregular) throws IOException {
    Files.createDirectories(conf.resolve("mappings"));
    Files.writeString(
        conf.resolve("mappings/licences.yml"),
        """
        title: licences
        %s
        charges:
          BillingAccountId: {value: acme}
          ChargePeriodStart: from
          ChargePeriodEnd: to
          BilledCost: amount
          BillingCurrency: {value: USD}
          ServiceCategory: {value: Compute}
          ServiceName: {value: Licences}
          ServiceProviderName: {value: Vendor}
        """
            .formatted(irregular));
    Files.writeString(
        conf.resolve("sources.yml"),
        "sources:\n  - {id: licences, kind: mapping, mapping: licences, location: bills}\n");
    return Gates.deliveries(
        Config.load(conf, null, Map.of()), List.of(), BillingPeriod.parse("2026-09"));
  }

  @Test
  void aMonthWaitsForEachBillUnlessItsInvoicesAreIrregular() throws IOException {
    assertThat(deliveries("").passed()).isFalse();
    assertThat(deliveries("irregular: true").passed()).isTrue();
  }

  @Test
  void filesThatTheLastNightReadWithOtherContentsAreNamedOnce() {
    Map<String, String> read =
        Map.of(
            "conf.teams", "1", "conf.owner_rules", "1", "conf.pools", "1", "reference.uses", "1");
    Map<String, String> now = new HashMap<>(read);
    now.putAll(Map.of("conf.teams", "2", "conf.owner_rules", "2"));
    now.putAll(Map.of("reference.uses", "2", "reference.unread", "1"));
    assertThat(Gates.changedFiles(read, now)).containsExactly("owners.yml", "reference/uses.csv");
    assertThat(Gates.changedFiles(read, read)).isEmpty();
  }
}
