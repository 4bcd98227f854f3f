package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Outcome;
import costlake.land.LandResult;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that leaves the configuration, and one that delivers nothing. */
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
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.deliver("20");
    company.night();
    assertThatThrownBy(() -> remove(company, "azure"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it is still in sources.yml");

    company.write("conf/sources.yml", WITHOUT_AZURE);
    NightReport night = company.night();
    assertThat(night.publication()).isEmpty();
    assertThat(warnings(night.outcomes()))
        .containsExactly(
            "azure: not in sources.yml any more, and what it delivered still counts: 1 delivery with 3 rows, USD 6.6"
                + " billed. Put it back there with 'retired: true' to keep it, or take it out with: costlake night"
                + " --remove-source azure");
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 11.6", "2026-09-02 22.2", "2026-09-03 33.55");

    NightReport removal = remove(company, "azure");
    assertThat(removal.message())
        .startsWith("Removed source azure: 1 delivery with 3 rows, USD 6.6 billed. Published ");
    assertThat(warnings(removal.outcomes())).noneMatch(warning -> warning.startsWith("azure"));
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 10.5", "2026-09-02 20", "2026-09-03 30.25");
    assertThat(
            company.lake().read(Unconfigured.COSTS).select("source_id").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("aws-payer");
    assertThatThrownBy(() -> remove(company, "azure"))
        .hasMessageContaining(
            "no delivery of it counts. Sources that are no longer configured: none.");
  }

  @Test
  void aRetiredSourceIsReadNoMoreAndStillKnown() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write("conf/sources.yml", ALL.replace("Microsoft}", "Microsoft, retired: true}"));
    assertThat(company.config().sources())
        .extracting("id")
        .containsExactly("aws-payer", "benefits");
    assertThat(company.config().everySource()).extracting("id").contains("azure");
    assertThat(Unconfigured.ids(company.config(), List.of(delivery("azure", "focus")))).isEmpty();
  }

  @Test
  void aSourceAtWhichNothingIsFoundIsNamed() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    Delivery aws = delivery("aws-payer", "aws-cur");
    Delivery azure = delivery("azure", "focus");
    SourceWarnings warnings = new SourceWarnings(company.config(), List.of(aws, azure));
    LandResult landing =
        new LandResult(List.of(aws), List.of(), List.of(), List.of(), List.of(), List.of());
    assertThat(warnings(warnings.ofSourcesWithout(landing)))
        .containsExactly(
            "azure: nothing found at %s; earlier deliveries that still count: 1. Check location and export, or write 'retired: true' if it delivers no more"
                .formatted(folder.resolve("exports/azure")),
            "benefits: nothing found at %s. Check location and export, or write 'retired: true' if it delivers no more"
                .formatted(folder.resolve("business/benefits.csv")));
  }

  @Test
  void telemetryOfAnUnknownClusterIsNotTakenForNone() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    SourceWarnings warnings = new SourceWarnings(company.config(), List.of());
    warnings.refuseUnknownClusters(List.of());
    assertThatThrownBy(
            () -> warnings.refuseUnknownClusters(List.of(delivery("train", "prometheus"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot read the telemetry of 'train' again")
        .hasMessageContaining("costlake night --remove-source train");
  }

  private static NightReport remove(TinyCompany company, String source) {
    return NightRun.run(
        company.session(), company.config(), "night", Set.of(), Set.of(source), Progress.SILENT);
  }

  private static List<String> warnings(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(o -> o.step().equals("sources") && o.status() == Outcome.Status.WARNED)
        .map(o -> o.subject() + ": " + o.detail())
        .toList();
  }

  private static Delivery delivery(String source, String kind) {
    return new Delivery(
        source,
        kind,
        LocalDate.of(2026, 9, 1),
        "d",
        List.of(),
        Instant.EPOCH,
        "night-1",
        Delivery.Status.CURRENT);
  }
}
