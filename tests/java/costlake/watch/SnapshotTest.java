package costlake.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import costlake.config.Config;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs, from hours that a case states. An accelerator costs USD 2 an hour. */
class SnapshotTest {
  private static final Instant AT = Instant.parse("2026-09-30T10:20:00Z");
  private static final Window WINDOW = Window.of(AT, 4);
  private static final Price PRICE =
      new Price("USD", new BigDecimal("2"), LocalDate.of(2026, 9, 30));

  private final List<PricedHour> hours = new ArrayList<>();

  /** Adds an hour in which a pod held accelerators from a minute on. */
  private SnapshotTest hour(
      String pod, int hour, int fromMinute, int accelerators, @Nullable String used) {
    Instant start = Instant.parse("2026-09-30T%02d:00:00Z".formatted(hour));
    Instant end = hour == 10 ? Instant.parse("2026-09-30T10:25:00Z") : start.plusSeconds(3600);
    Instant from = start.plusSeconds(fromMinute * 60L);
    BigDecimal present = BigDecimal.valueOf(end.getEpochSecond() - from.getEpochSecond());
    BigDecimal held = present.multiply(BigDecimal.valueOf(accelerators));
    hours.add(
        new PricedHour(
            new Held(
                start,
                "train",
                "kubernetes",
                pod,
                pod.startsWith("nb") ? "notebook" : "training job",
                "run-" + pod,
                "A100",
                "vision",
                "ranker",
                held,
                used == null ? null : held.multiply(new BigDecimal(used)),
                present,
                from,
                end),
            PRICE));
    return this;
  }

  private SnapshotTest hours(String pod, int first, int last, int accelerators, String used) {
    for (int hour = first; hour <= last; hour++) {
      hour(pod, hour, 0, accelerators, used);
    }
    return this;
  }

  private SnapshotTest free(int hour, int accelerators, String model) {
    Instant start = Instant.parse("2026-09-30T%02d:00:00Z".formatted(hour));
    hours.add(
        new PricedHour(
            new Held(
                start,
                "train",
                "kubernetes",
                null,
                null,
                null,
                model,
                null,
                null,
                BigDecimal.valueOf(accelerators * 3600L),
                null,
                BigDecimal.valueOf(3600),
                start,
                start),
            PRICE));
    return this;
  }

  private Watched watched(PublishedRuns published) {
    return new Snapshot(WINDOW, hours)
        .watched(Config.defaults(Path.of(".").toAbsolutePath()), published, PublishedQuotas.none());
  }

  private Watched watched() {
    return watched(PublishedRuns.none());
  }

  /** Watches with quotas of the team vision, of which a night counted some. */
  private List<Finding> overQuota(String quotas, PublishedQuotas published, Path conf)
      throws IOException {
    Files.writeString(
        conf.resolve("owners.yml"),
        "last_resort: {team: vision}\nteams: [{id: vision, name: Vision}]\n");
    Files.writeString(conf.resolve("quotas.yml"), "quotas:\n" + quotas.indent(2));
    Watched watched =
        new Snapshot(WINDOW, hours)
            .watched(Config.load(conf, null, Map.of()), PublishedRuns.none(), published);
    return new OverQuota().findings(watched);
  }

  @Test
  void whatHeldAcceleratorsAtTheLastSampleRunsNow() {
    hours("fit", 7, 10, 4, "0.8").hours("ended", 6, 9, 8, "0.8");
    Workload fit = watched().running().get(0);

    assertThat(watched().running()).hasSize(1);
    assertThat(fit.id()).isEqualTo("fit");
    assertThat(fit.accelerators()).isEqualTo("4 A100");
    assertThat(fit.since()).isEqualTo("2026-09-30T07:00:00Z");
    // 4 x 2 an hour, for 3 hours and 25 minutes
    assertThat(fit.perHour()).hasToString("USD 8.00");
    assertThat(fit.soFar()).hasToString("USD 27.33");
  }

  @Test
  void aPodThatBeganInAnHourHoldsAllItsAccelerators() {
    hour("fit", 10, 15, 4, "1");
    assertThat(watched().running())
        .extracting(Workload::accelerators, workload -> workload.perHour().toString())
        .containsExactly(tuple("4 A100", "USD 8.00"));
  }

  @Test
  void whatHardlyUsesItsAcceleratorsForTheHoursIsIdle() {
    hours("wait", 5, 10, 1, "0.05").hours("nb", 6, 10, 2, "0").hours("busy", 6, 10, 1, "0.06");
    Watched watched = watched();

    assertThat(new IdleAccelerators().findings(watched))
        .extracting(Finding::id, Finding::what)
        .containsExactly(
            tuple(
                "idle-accelerators/wait",
                // 2 an hour for 4 hours and 25 minutes
                "It holds 1 A100 and used 5% of them in the last 4 hours, which cost USD 8.83."));
    assertThat(new ForgottenNotebooks().findings(watched))
        .extracting(Finding::id)
        .containsExactly("forgotten-notebook/nb");
  }

  @Test
  void whatIsNotMeasuredOrBeganLatelyIsNotIdle() {
    hours("unmeasured", 6, 10, 1, null).hour("late", 6, 21, 1, "0").hours("late", 7, 10, 1, "0");
    assertThat(new IdleAccelerators().findings(watched())).isEmpty();
    hour("late", 5, 59, 1, "0");
    assertThat(new IdleAccelerators().findings(watched())).hasSize(1);
  }

  @Test
  void aNotebookThatWasStartedAgainBeganThen() {
    hours("nb", 1, 3, 2, "0").hours("nb", 5, 10, 2, "0");
    Workload notebook = watched().running().get(0);
    assertThat(notebook.since()).isEqualTo("2026-09-30T05:00:00Z");
    // 2 x 2 an hour, for 5 hours and 25 minutes
    assertThat(notebook.soFar()).hasToString("USD 21.67");
  }

  @Test
  void acceleratorsAreFreeIfNobodyHeldThemInAnyHour() {
    free(6, 3, "A100").free(7, 2, "A100").free(8, 2, "A100").free(9, 4, "A100").free(10, 0, "A100");
    free(7, 2, "H100").free(8, 2, "H100").free(9, 2, "H100");
    assertThat(new FreeAccelerators().findings(watched()))
        .extracting(Finding::subject, Finding::what, finding -> finding.soFar().toString())
        .containsExactly(
            tuple(
                "train/A100",
                "At least 2 A100 were held by nobody in the last 4 hours.",
                "USD 16.00"));
  }

  @Test
  void aRunIsCostlyIfNoEarlierRunOfItsProjectCostAsMuch() {
    hours("fit", 7, 10, 4, "1");
    assertThat(new CostlyRuns().findings(watched(past("27.3", "9", "1"))))
        .extracting(Finding::id, Finding::what, finding -> finding.soFar().toString())
        .containsExactly(
            tuple(
                "costly-run/run-fit",
                "The costliest of 3 earlier runs of project ranker cost USD 27.30.",
                "USD 27.33"));
    assertThat(new CostlyRuns().findings(watched(past("27.34", "9", "1")))).isEmpty();
    assertThat(new CostlyRuns().findings(watched(past("9", "1")))).isEmpty();
  }

  @Test
  void aRunCostsWhatBillsSayAndAnEstimateOfTheTimeSince() {
    hours("fit", 7, 10, 4, "1");
    PublishedRuns published = past("9", "1", "1");
    published.add(
        new PublishedRuns.Run(
            "run-fit",
            "ranker",
            new Cost("USD", new BigDecimal("100")),
            LocalDate.of(2026, 9, 29),
            Instant.parse("2026-09-27T03:00:00Z")),
        Set.of("run-fit"));
    RunningRun run = watched(published).runs().get(0);
    assertThat(run.soFar()).hasToString("USD 127.33");
    assertThat(run.since()).isEqualTo("2026-09-27T03:00:00Z");
  }

  @Test
  void aTeamIsOverAQuotaIfItHoldsMoreThanTheLimitAndWhatItMayBorrow(@TempDir Path conf)
      throws IOException {
    hours("fit", 7, 10, 4, "1").hours("late", 9, 10, 2, "1").hours("ended", 6, 9, 8, "1");
    String quotas =
        """
        - {id: all, scope: {team: vision}, limit: {held: 5}}
        - {id: a100, scope: {team: vision, accelerator_model: A100}, versions: [{held: 9}, {from: 2026-09-30, held: 3, borrowing: 2}]}
        - {id: enough, scope: {team: vision, accelerator_model: A100 80GB}, limit: {held: 0}}
        """;
    assertThat(overQuota(quotas, PublishedQuotas.none(), conf))
        .extracting(Finding::id, Finding::what, finding -> finding.since().toString())
        .containsExactly(
            tuple(
                "over-quota/a100",
                "The team holds 6 A100; the quota allows 5.",
                "2026-09-30T09:00:00Z"),
            tuple(
                "over-quota/all",
                "The team holds 6 accelerators; the quota allows 5.",
                "2026-09-30T09:00:00Z"));
    assertThat(overQuota(quotas.replace("held: 5", "held: 6"), PublishedQuotas.none(), conf))
        .extracting(Finding::id)
        .containsExactly("over-quota/a100");
  }

  /** Four accelerators for 3 hours and 25 minutes of 30 September are 13.67 hours, USD 27.33. */
  @Test
  void aTeamIsOverAQuotaIfNightsAndWatchesCountMoreInThePeriod(@TempDir Path conf)
      throws IOException {
    hours("fit", 7, 10, 4, "1");
    PublishedQuotas published =
        new PublishedQuotas(
            Map.of("month", days(), "days", days(), "seen", days(), "money", days()),
            Map.of(
                "month", LocalDate.of(2026, 9, 29),
                "days", LocalDate.of(2026, 9, 29),
                "seen", LocalDate.of(2026, 9, 30),
                "money", LocalDate.of(2026, 9, 29)));
    assertThat(
            overQuota(
                """
                - {id: days, scope: {team: vision}, period: {days: 2}, limit: {hours: 18.66}}
                - {id: exact, scope: {team: vision, accelerator_model: A100}, period: month, limit: {hours: 13.666666668}}
                - {id: money, scope: {team: vision}, period: quarter, limit: {money: 142.33}, currency: USD}
                - {id: month, scope: {team: vision}, period: month, limit: {hours: 28}}
                - {id: seen, scope: {team: vision}, period: quarter, limit: {hours: 115}}
                """,
                published,
                conf))
        .extracting(Finding::id, Finding::what, finding -> finding.since().toString())
        .containsExactly(
            // 5 of 29 September
            tuple(
                "over-quota/days",
                "The team used about 18.67 accelerator-hours; the quota allows 18.66"
                    + " accelerator-hours.",
                "2026-09-29T00:00:00Z"),
            // 100 of August, 10 and 5 of September
            tuple(
                "over-quota/money",
                "The team used about USD 142.33; the quota allows USD 142.33.",
                "2026-07-01T00:00:00Z"),
            tuple(
                "over-quota/month",
                "The team used about 28.67 accelerator-hours; the quota allows 28"
                    + " accelerator-hours.",
                "2026-09-01T00:00:00Z"));
  }

  private static NavigableMap<LocalDate, BigDecimal> days() {
    return new TreeMap<>(
        Map.of(
            LocalDate.of(2026, 8, 31), new BigDecimal("100"),
            LocalDate.of(2026, 9, 1), new BigDecimal("10"),
            LocalDate.of(2026, 9, 29), new BigDecimal("5")));
  }

  private static PublishedRuns past(String... costs) {
    PublishedRuns runs = PublishedRuns.none();
    for (String cost : costs) {
      runs.add(
          new PublishedRuns.Run(
              "past-" + cost,
              "ranker",
              new Cost("USD", new BigDecimal(cost)),
              LocalDate.of(2026, 9, 14),
              null),
          Set.of());
    }
    return runs;
  }

  @Test
  void costsAreUnknownWithoutAPrice() {
    hours("fit", 7, 10, 4, "1");
    hours.replaceAll(hour -> new PricedHour(hour.held(), null));
    Watched watched = watched();
    assertThat(watched.running().get(0).perHour()).isNull();
    assertThat(watched.running().get(0).soFar()).isNull();
    PublishedRuns published = past("9", "1", "1");
    published.add(
        new PublishedRuns.Run(
            "run-fit", "ranker", new Cost("USD", BigDecimal.TEN), LocalDate.of(2026, 9, 29), null),
        Set.of("run-fit"));
    assertThat(watched(published).runs().get(0).soFar()).isNull();
    assertThat(new CostlyRuns().findings(watched(published))).isEmpty();
  }
}
