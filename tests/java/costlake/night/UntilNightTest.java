package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.lake.Publication;
import costlake.model.Layer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights that stop after a layer, and the whole night after them. */
@Tag("night")
class UntilNightTest {
  @TempDir Path folder;

  @Test
  void aNightStopsAfterALayerAndTheNextWholeNightCatchesUp() {
    TinyCompany company = company("company");
    company.deliver("20");
    company.night();
    Map<String, String> before = company.content();

    company.deliverOtherCosts();
    NightReport stopped = company.until(Layer.ALLOCATION).night();
    assertThat(stopped.message())
        .endsWith("The night stopped after allocation; the tables of later layers are older.");
    TinyCompany whole = company("whole");
    whole.deliverOtherCosts();
    whole.night();
    Map<String, String> now = whole.content();
    assertThat(only(company.content(), UntilNightTest::isUntilAllocation))
        .isEqualTo(only(now, UntilNightTest::isUntilAllocation))
        .isNotEqualTo(only(before, UntilNightTest::isUntilAllocation));
    assertThat(only(company.content(), table -> !isUntilAllocation(table)))
        .isEqualTo(only(before, table -> !isUntilAllocation(table)));
    assertRefusesToClose(company);

    company.until(Layer.REPORTING).night();
    assertThat(company.content()).isEqualTo(now);
    assertThat(company.lake().publication().orElseThrow().until()).isEmpty();
  }

  @Test
  void aFirstNightThatStopsBuildsNoLaterTable() {
    TinyCompany company = company("company").until(Layer.TELEMETRY);
    company.deliver("20");
    company.night();
    Publication publication = company.lake().publication().orElseThrow();
    assertThat(publication.versions().keySet())
        .contains("focus.cost_and_usage")
        .allMatch(table -> table.startsWith("focus.") || table.startsWith("telemetry."));
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 22.2", "2026-09-03 33.55");
    assertThat(company.night().message()).isEqualTo("Nothing new since publication 1.");
  }

  private static void assertRefusesToClose(TinyCompany company) {
    BillingPeriod september = BillingPeriod.parse("2026-09");
    Instant now = Instant.parse("2026-10-10T00:00:00Z");
    MonthClose month = MonthClose.of(company.config(), company.lake(), september, now);
    assertThatThrownBy(() -> month.close(List.of(), "tester"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot close 2026-09: the last night stopped after allocation")
        .hasMessageContaining("Run 'costlake night' first");
  }

  private static boolean isUntilAllocation(String table) {
    return List.of("focus.", "telemetry.", "allocation.").stream().anyMatch(table::startsWith);
  }

  private static Map<String, String> only(Map<String, String> content, Predicate<String> tables) {
    return content.entrySet().stream()
        .filter(table -> tables.test(table.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private TinyCompany company(String name) {
    return new TinyCompany(folder.resolve(name), LakeConfig.Format.ICEBERG);
  }
}
