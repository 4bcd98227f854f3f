package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Publication;
import costlake.lake.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole nights on a company of six lines. */
@Tag("night")
class NightTest {
  private static final TableName CHARGES = new TableName("focus", "cost_and_usage");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void knowsWhoDeliveredWhatWhenOldPublicationsAreForgotten(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format);
    for (String secondDay : List.of("20", "21.5")) {
      company.deliver(secondDay);
      company.night();
    }
    Instant inAYear = Clock.systemUTC().instant().plus(Duration.ofDays(365));
    try (NightStage maintenance = company.lake().begin("maintain")) {
      maintenance.maintenance().run(company.config().maintenance(), inAYear);
    }
    assertThat(company.lake().publications()).hasSize(1);

    company.deliver("22");
    company.night();
    assertThat(sums(company.lake()))
        .containsExactly("2026-09-01 11.6", "2026-09-02 24.2", "2026-09-03 33.55");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void refusesASecondNightAtTheSameTime(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format);
    company.deliver("20");
    try (NightStage other = company.lake().begin("night-other")) {
      assertThat(other.before()).isEmpty();
      assertThatThrownBy(company::night)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("night-other");
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void keepsYesterdayWhenADeliveryIsWrong(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format);
    company.deliver("20");
    company.night();
    Publication before = company.lake().publication().orElseThrow();
    company.deliver("twenty");
    assertThatThrownBy(company::night)
        .isInstanceOf(Failure.class)
        .satisfies(e -> assertThat(((Failure) e).family()).isEqualTo(Failure.Family.DATA));
    assertThat(company.lake().publication()).contains(before);
    company.deliver("22");
    company.night();
    assertThat(sums(company.lake())).contains("2026-09-02 24.2");
  }

  private static List<String> sums(Lake lake) {
    return lake
        .read(CHARGES)
        .groupBy("x_ChargeDate")
        .agg(org.apache.spark.sql.functions.sum("BilledCost"))
        .orderBy("x_ChargeDate")
        .collectAsList()
        .stream()
        .map(r -> r.getDate(0) + " " + r.getDecimal(1).stripTrailingZeros().toPlainString())
        .toList();
  }
}
