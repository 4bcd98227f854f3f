package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.night.NightProcess;
import costlake.night.NightReport;
import costlake.night.TinyCompany;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs a first night, nights without new deliveries, and a night with a restated day. Checks the
 * tables of the lake, and the endpoint through Arrow's JDBC driver. One test checks both, because
 * the nights take most of the time.
 */
@Tag("night")
class RestatedNightTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void rebuildsTheRestatedDayOnlyAndTheEndpointShowsItWithoutARestart(LakeConfig.Format format)
      throws Exception {
    TinyCompany company = Served.company(folder, format);
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 22.2", "2026-09-03 33.55");
    try (Served served = Served.of(company, Map.of())) {
      assertThat(total(served)).isEqualByComparingTo("67.35");

      aNightWithoutNewDeliveriesPublishesNothing(company);

      company.deliver("21.5");
      NightReport restated = company.night();
      assertThat(total(served)).isEqualByComparingTo("68.85");
      assertThat(restated.publication()).isPresent();
      assertThat(company.costByDay())
          .containsExactly("2026-09-01 11.6", "2026-09-02 23.7", "2026-09-03 33.55");
      onlyTheRestatedDayWasBuilt(restated);
    }
  }

  private static BigDecimal total(Served served) throws Exception {
    List<List<Object>> rows =
        served.ask(
            "finn",
            "select sum(total_cost) as total_cost from reporting.statements where team_id is not null");
    assertThat(rows).hasSize(1);
    return (BigDecimal) rows.get(0).get(0);
  }

  private static void aNightWithoutNewDeliveriesPublishesNothing(TinyCompany company)
      throws Exception {
    Publication before = company.lake().publication().orElseThrow();
    NightReport second = company.night();
    assertThat(second.publication()).isEmpty();
    assertThat(second.message()).startsWith("Nothing new");
    assertThat(company.lake().publication().orElseThrow().versions()).isEqualTo(before.versions());

    assertThat(NightProcess.start(company, List.of()).waitFor()).isZero();
    assertThat(company.lake().publication()).as("a night in another process").contains(before);
  }

  private static void onlyTheRestatedDayWasBuilt(NightReport night) {
    List<Outcome> built = night.outcomes().stream().filter(o -> o.step().equals("build")).toList();
    assertThat(built).isNotEmpty();
    assertThat(built)
        .filteredOn(o -> o.subject().equals(TinyCompany.CHARGES.toString()))
        .singleElement()
        .satisfies(o -> assertThat(o.detail()).startsWith("changed: 2026-09-02;"))
        .satisfies(o -> assertThat(o.rows()).isEqualTo(2));
    Graph models = Models.below(Path.of(".")).compile();
    Map<Contract.By, Set<String>> changed = new EnumMap<>(Contract.By.class);
    for (Outcome outcome : built) {
      Contract.By by =
          models.model(RelationName.parse(outcome.subject())).contract().partition().by();
      if (by != Contract.By.WHOLE) {
        assertThat(outcome.detail()).startsWith("changed: ");
        changed
            .computeIfAbsent(by, each -> new TreeSet<>())
            .add(outcome.detail().replaceFirst("changed: ([^;]*);.*", "$1"));
      }
    }
    changed.values().forEach(days -> days.remove("none"));
    assertThat(changed)
        .as("the restated day of daily tables and its month of monthly tables")
        .isEqualTo(
            Map.of(Contract.By.DAY, Set.of("2026-09-02"), Contract.By.MONTH, Set.of("2026-09-01")));
  }
}
