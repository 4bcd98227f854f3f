package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Outcome;
import costlake.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Removes a source that is no longer configured, and checks the warning about a source that
 * delivers nothing.
 */
class SourceRemovalTest {
  private static final String ALL =
      """
      sources:
        - {id: aws-payer, kind: aws-cur, location: ../exports/aws}
        - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}
        - {id: benefits, kind: benefits, location: ../business/benefits.csv}
      """;
  private static final String WITHOUT_AZURE = ALL.replaceAll("(?m)^.*azure.*\n", "");

  @TempDir Path folder;

  @Test
  @Tag("night")
  void countsUntilItIsRemovedAndSaysSo() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ECONOMICS);
    company.deliver("20");
    company.night();
    assertThatThrownBy(() -> company.remove("azure"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it is still in sources.yml");

    company.write("conf/sources.yml", WITHOUT_AZURE);
    NightReport night = company.night();
    assertThat(night.publication()).isEmpty();
    assertThat(warnings(night.outcomes()))
        .containsExactly(
            "azure: no longer in sources.yml, but its deliveries still count: 1 delivery"
                + " with 3 rows, USD 6.6 billed. Put it back there with 'retired: true' to keep"
                + " them, or remove them with: costlake night --remove-source azure");
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 22.2", "2026-09-03 33.55");

    NightReport removal = company.remove("azure");
    assertThat(removal.message())
        .startsWith("Removed source azure: 1 delivery with 3 rows, USD 6.6 billed. Published ");
    assertThat(warnings(removal.outcomes())).noneMatch(warning -> warning.startsWith("azure"));
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 10.5", "2026-09-02 20", "2026-09-03 30.25");
    assertThat(
            company
                .lake()
                .read(UnconfiguredSource.COSTS)
                .select("source_id")
                .distinct()
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("aws-payer");
    assertThatThrownBy(() -> company.remove("azure"))
        .hasMessageContaining(
            "the lake has no delivery of it. Sources that are no longer configured: none.");
  }

  @Test
  void aRetiredSourceIsReadNoMoreAndStillKnown() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write("conf/sources.yml", ALL.replace("Microsoft}", "Microsoft, retired: true}"));
    assertThat(company.config().sources())
        .extracting("id")
        .containsExactly("aws-payer", "benefits");
    assertThat(company.config().everySource()).extracting("id").contains("azure");
    assertThat(
            UnconfiguredSource.ids(
                company.config(), List.of(Deliveries.ofSeptember("azure", "focus"))))
        .isEmpty();
  }

  @Test
  @Tag("night")
  void aSourceWhoseFolderIsEmptiedIsNamedUntilItDeliversAgain() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    assertThat(silent(company.night())).isEmpty();
    Path bill = folder.resolve("exports/azure/2026-09/part-0.csv");
    byte[] delivered = Files.readAllBytes(bill);
    Files.delete(bill);

    String warning =
        ("nothing found at %s; earlier deliveries that still count: 1. Check location and export, or"
                + " write 'retired: true' if it no longer delivers")
            .formatted(folder.resolve("exports/azure"));
    NightReport night = company.night();
    assertThat(night.message()).startsWith("Nothing new");
    assertThat(silent(night)).containsExactly("azure: " + warning);
    assertThat(ofStatus(company)).containsExactly(entry("azure", warning));
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 22.2", "2026-09-03 33.55");
    assertThat(landAzure(company).message())
        .isEqualTo(
            "azure: 0 new deliveries for the next night, 0 already published.\nNote: "
                + warning
                + ".");

    Files.write(bill, delivered);
    assertThat(silent(company.night())).isEmpty();
    assertThat(ofStatus(company)).isEmpty();

    Files.delete(bill);
    company.deliver("21");
    assertThat(silent(company.night())).containsExactly("azure: " + warning);
    assertThat(ofStatus(company)).containsKey("azure");
    assertThat(company.costByDay()).contains("2026-09-02 23.2");

    Files.delete(bill.getParent());
    Files.delete(folder.resolve("exports/azure"));
    assertThatThrownBy(company::night).hasMessageContaining("it does not exist");
  }

  @Test
  void aSourceThatNeverDeliveredIsNotLandedInSilence() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    Files.delete(folder.resolve("exports/azure/2026-09/part-0.csv"));
    assertThatThrownBy(() -> landAzure(company))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "Cannot land azure: there is no file that can be read at "
                + folder.resolve("exports/azure"));
  }

  @Test
  void telemetryOfAnUnknownClusterIsNotTakenForNone() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    SourceWarnings warnings = new SourceWarnings(company.config(), List.of());
    warnings.refuseUnknownClusters(List.of());
    assertThatThrownBy(
            () ->
                warnings.refuseUnknownClusters(
                    List.of(Deliveries.ofSeptember("train", "prometheus"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot read the telemetry of 'train' again")
        .hasMessageContaining("costlake night --remove-source train");
    assertThatThrownBy(
            () ->
                warnings.refuseUnknownClusters(
                    List.of(Deliveries.ofSeptember("azure", "prometheus"))))
        .hasMessageContaining("Cannot read the telemetry of 'azure' again");
  }

  private static NightReport landAzure(TinyCompany company) {
    return LandRun.run(company.session(), company.config(), "azure", Set.of(), Progress.SILENT);
  }

  private static Map<String, String> ofStatus(TinyCompany company) {
    return SourceWarnings.silent(company.config(), company.lake());
  }

  private static List<String> silent(NightReport night) {
    return warnings(night.outcomes(), "deliveries");
  }

  private static List<String> warnings(List<Outcome> outcomes) {
    return warnings(outcomes, "sources");
  }

  private static List<String> warnings(List<Outcome> outcomes, String step) {
    return outcomes.stream()
        .filter(o -> o.step().equals(step) && o.status() == Outcome.Status.WARNED)
        .map(o -> o.subject() + ": " + o.detail())
        .toList();
  }
}
