package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.Changes;
import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.config.SourceSettings;
import costlake.core.Delivery;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks which days of telemetry a night reads, and which deliveries of bills still count. */
class NightChangesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 14);
  private static final LocalDate SECOND = LocalDate.of(2026, 9, 15);
  private static final Graph GRAPH = Models.embedded().compile();
  private static final RelationName NODE_HOURS = RelationName.parse("bronze.k8s_node_hours");

  @Test
  void readsTheDaysThatDifferAndNoMore() {
    Changes changes = Changes.of(Map.of(NODE_HOURS, Set.of(SECOND)), Set.of(), Set.of());
    assertThat(changes(changes).measuredDays()).containsExactly(SECOND);
  }

  @Test
  void readsTheDaysOfJobsButNotThoseOfTrackedRuns() {
    RelationName jobs = RelationName.parse("bronze.slurm_jobs");
    RelationName runs = RelationName.parse("bronze.neotrack_runs");
    assertThat(
            changes(
                    Changes.of(
                        Map.of(jobs, Set.of(FIRST), runs, Set.of(SECOND)), Set.of(), Set.of()))
                .measuredDays())
        .containsExactly(FIRST);
  }

  @Test
  void readsEveryDayWhenAReferenceListDiffersFromWhichATableOfHoursIsMade() {
    NightChanges changes = changes(whole("reference.accelerators"));
    assertThat(changes.measuredDays()).containsExactly(FIRST, SECOND);
    assertThat(changes.telemetryToRead()).hasSize(2);
  }

  @Test
  void readsNoTelemetryWhenAListOfBillsOrAModelAfterTheHoursDiffers() {
    assertThat(changes(whole("reference.aws_services")).measuredDays()).isEmpty();
    RelationName shares = RelationName.parse("allocation.node_shares");
    assertThat(changes(Changes.of(Map.of(), Set.of(), Set.of(shares))).measuredDays()).isEmpty();
  }

  @Test
  void readsEveryDayWhenTheModelOfATableOfHoursDiffers() {
    RelationName hours = RelationName.parse("telemetry.accelerator_hours");
    NightChanges changes = changes(Changes.of(Map.of(), Set.of(), Set.of(hours)));
    assertThat(changes.measuredDays()).containsExactly(FIRST, SECOND);
  }

  @Test
  void readsEveryDayOfMeasurementsThatAreReadWithOtherSettings() {
    List<Delivery> current = List.of(measured(FIRST), measured(SECOND));
    NightDeliveries deliveries = new NightDeliveries(current, current, List.of(), List.of());
    assertThat(NightChanges.daysOfMeasurements(deliveries, Set.of("train")))
        .containsEntry(NODE_HOURS, Set.of(FIRST, SECOND));
    assertThat(NightChanges.daysOfMeasurements(deliveries, Set.of("other"))).isEmpty();
  }

  @Test
  void allRecordsDifferWhenTheirSourceIsReadWithOtherSettings() {
    SourceSettings.Key jobs = new SourceSettings.Key("batch", "slurm");
    NightFacts facts = new NightFacts(Map.of(jobs.fact(), "new"), Map.of(jobs.fact(), "old"));
    NightDeliveries none = new NightDeliveries(List.of(), List.of(), List.of(), List.of());
    assertThat(NightChanges.whole(facts, none))
        .containsExactlyInAnyOrder(
            RelationName.parse("bronze.slurm_jobs"), RelationName.parse("bronze.slurm_json_jobs"));
    assertThat(changes(whole("bronze.slurm_jobs")).measuredDays()).containsExactly(FIRST, SECOND);
  }

  @Test
  void jobLogsOfWhichAllRowsDifferAreNotCompared() {
    Delivery old = Deliveries.of("batch", "slurm", FIRST, "old");
    Delivery corrected = Deliveries.of("batch", "slurm", FIRST, "corrected");
    NightDeliveries replaced =
        new NightDeliveries(List.of(old), List.of(corrected), List.of(corrected), List.of());
    RelationName jobs = RelationName.parse("bronze.slurm_jobs");
    assertThat(recordDays(replaced, Set.of())).containsKey(jobs);
    assertThat(recordDays(replaced, Set.of(jobs))).isEmpty();
  }

  private static Map<RelationName, Set<LocalDate>> recordDays(
      NightDeliveries deliveries, Set<RelationName> whole) {
    Config config = Config.defaults(Path.of("conf"));
    Graph graph = Models.embedded(SourceKinds.active(Set.of("slurm"))).compile();
    Functions.register(SparkHarness.spark());
    ConfigurationViews.register(SparkHarness.spark(), config, graph);
    return RecordDays.changed(SparkHarness.spark(), config, graph, deliveries, whole);
  }

  @Test
  void allMeasurementsDifferWhenAListOfDevicesDiffers() {
    NightFacts facts =
        new NightFacts(Map.of("kind prometheus", "2"), Map.of("kind prometheus", "1"));
    NightDeliveries none = new NightDeliveries(List.of(), List.of(), List.of(), List.of());
    assertThat(NightChanges.whole(facts, none)).contains(NODE_HOURS);
  }

  @Test
  void aNightReadsAllJobLogsAndMeasurementsAndSomeBills() {
    Delivery one = bill(FIRST, "e-1");
    Delivery other = bill(SECOND, "e-2");
    Delivery jobs = Deliveries.of("batch", "slurm", FIRST, "d");
    List<Delivery> current = List.of(one, other, jobs, measured(FIRST));
    NightDeliveries deliveries = new NightDeliveries(current, current, List.of(), List.of());
    assertThat(deliveries.withOthers(List.of(other))).containsExactly(other, jobs, measured(FIRST));
  }

  @Test
  void anIdOfTwoMonthsCountsOnlyIfBothMonthsHaveIt() {
    LocalDate august = LocalDate.of(2026, 8, 1);
    LocalDate september = LocalDate.of(2026, 9, 1);
    List<Delivery> landed =
        List.of(bill(august, "e-1"), bill(september, "e-1"), bill(august, "e-2"));
    NightChanges changes = changes(landed, List.of(bill(august, "e-2"), bill(september, "e-1")));
    assertThat(changes.stillCounts("aws-payer", "e-1")).isFalse();
    assertThat(changes.stillCounts("aws-payer", "e-2")).isTrue();
    assertThat(changes.named("aws-payer", "e-1"))
        .extracting(Delivery.Identity::billingPeriod)
        .containsExactlyInAnyOrder(august, september);
  }

  @Test
  void monthsThatShareAnIdAreAuditedTogether() {
    Delivery august = bill(LocalDate.of(2026, 8, 1), "e-2");
    Delivery september = bill(LocalDate.of(2026, 9, 1), "e-1");
    Delivery october = bill(LocalDate.of(2026, 10, 1), "e-3");
    Delivery replaced = bill(LocalDate.of(2026, 8, 1), "e-1");
    NightChanges changes =
        changes(List.of(replaced, august, september, october), List.of(august, september, october));
    assertThat(changes.withSharedIds(List.of(august))).containsExactly(august, september);
    assertThat(changes.withSharedIds(List.of(october))).containsExactly(october);
  }

  @Test
  void theConditionForChargesOfManyDeliveriesIsShort() {
    List<Delivery> landed =
        IntStream.range(0, 2000).mapToObj(i -> bill(LocalDate.of(2026, 9, 1), "e-" + i)).toList();
    List<Delivery> last = landed.subList(1999, 2000);
    assertThat(changes(landed, last).charges(last).toString())
        .contains("e-0", "e-1999")
        .doesNotContain(" OR ");
  }

  private static Changes whole(String input) {
    return Changes.of(Map.of(NODE_HOURS, Set.of()), Set.of(RelationName.parse(input)), Set.of());
  }

  private static NightChanges changes(Changes changes) {
    List<Delivery> current = List.of(measured(FIRST), measured(SECOND));
    return new NightChanges(
        new NightDeliveries(current, current, List.of(), List.of()),
        Set.of(),
        new NightFacts(Map.of(), Map.of()),
        changes,
        Set.of(),
        NightChanges.readsAllTelemetry(GRAPH, changes),
        NightChanges.measured(GRAPH));
  }

  private static NightChanges changes(List<Delivery> ever, List<Delivery> current) {
    return new NightChanges(
        new NightDeliveries(current, current, List.of(), List.of()),
        ever.stream().map(Delivery::identity).collect(Collectors.toSet()),
        new NightFacts(Map.of(), Map.of()),
        Changes.of(Map.of(), Set.of(), Set.of()),
        Set.of(),
        false,
        NightChanges.measured(GRAPH));
  }

  private static Delivery bill(LocalDate month, String id) {
    return Deliveries.of("aws-payer", "aws-cur", month, id);
  }

  private static Delivery measured(LocalDate day) {
    return Deliveries.of("train", "prometheus", day, "d");
  }
}
