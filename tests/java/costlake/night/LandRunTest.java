package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.model.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lands one source before the night. */
@Tag("night")
class LandRunTest {
  private static final Set<BillingPeriod> SEPTEMBER = Set.of(BillingPeriod.parse("2026-09"));

  @TempDir Path folder;
  private TinyCompany company;

  @BeforeEach
  void makeCompany() {
    company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.deliver("20");
  }

  private NightReport land(String source) {
    return LandRun.run(company.session(), company.config(), source, SEPTEMBER, Progress.SILENT);
  }

  @Test
  void pinsOneSourceForTheNightAndPublishesNothing() {
    NightReport first = land("aws-payer");
    assertThat(first.message())
        .isEqualTo("aws-payer: 1 new deliveries for the next night, 0 already published.");
    assertThat(company.lake().publication()).isEmpty();
    assertThat(company.file("lake/bronze/aws-payer/2026-09")).isNotEmptyDirectory();
    assertThat(company.file("lake/bronze/azure")).doesNotExist();
    assertThat(land("aws-payer").message()).isEqualTo(first.message());

    company.until(Layer.TELEMETRY).night();
    List<Delivery> published = company.lake().publication().orElseThrow().deliveries();
    assertThat(published)
        .extracting(Delivery::sourceId)
        .containsExactly("aws-payer", "azure", "benefits");
    assertThat(land("aws-payer").message())
        .isEqualTo("aws-payer: 0 new deliveries for the next night, 1 already published.");
    assertThat(company.night().message()).isEqualTo("Nothing new since publication 1.");
    assertThat(
            company.ask(
                "select concat_ws(' ', run_id, step, subject, status, rows) from ops.outcomes"
                    + " where run_id like 'land-aws-payer-2026-09-1%' order by run_id"))
        .containsExactly(
            "land-aws-payer-2026-09-1 land aws-payer 2026-09-01 done 3",
            "land-aws-payer-2026-09-1-try-2 land aws-payer 2026-09-01 done 3");
  }

  @Test
  void refusesABadDeliverySaysWhyAndLeavesOtherSourcesAlone() {
    company.deliver("twenty");
    assertThatThrownBy(() -> land("aws-payer"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("Cannot land aws-payer, earlier deliveries still count:\n  Refused ")
        .hasMessageContaining("1 of 3 rows cannot be read");
    assertThat(land("azure").outcomes()).hasSize(1);
    assertThat(
            company.ask(
                "select concat_ws(' ', run_id, verb, period, status) from ops.runs order by started_at"))
        .containsExactly(
            "land-aws-payer-2026-09-1 land 2026-09 failed",
            "land-azure-2026-09-1 land 2026-09 done");
    assertThat(company.ask("select reason from ops.rejects")).hasSize(1);
  }

  @Test
  void waitsForNobody() {
    try (NightStage other = company.lake().begin("night-other")) {
      assertThat(other.before()).isEmpty();
      assertThatThrownBy(() -> land("azure"))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("night-other");
    }
    assertThatThrownBy(() -> land("azur"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Did you mean 'azure'?");
  }

  @Test
  void maintainsEveryTableAndSaysSo() {
    company.night();
    NightReport report = MaintenanceRun.run(company.session(), company.config(), Progress.SILENT);
    Set<String> tables = company.lake().publication().orElseThrow().versions().keySet();
    assertThat(report.outcomes()).extracting(outcome -> outcome.subject()).containsAll(tables);
    assertThat(company.night().message()).isEqualTo("Nothing new since publication 1.");
    assertThat(company.ask("select message from ops.runs where verb = 'maintain'"))
        .containsExactly("Maintained %d tables.".formatted(report.outcomes().size()));
  }
}
