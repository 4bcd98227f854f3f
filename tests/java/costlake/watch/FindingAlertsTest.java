package costlake.watch;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.alert.Alert;
import costlake.config.Config;
import costlake.lake.Lake;
import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells what hourly watches find, once from when it begins until it is over. */
class FindingAlertsTest {
  @TempDir Path home;
  private Config config;
  private Lake lake;

  @BeforeEach
  void open() {
    config = Config.load(home, null, Map.of("lake.format", "delta"));
    lake = Lake.open(config.lake(), SparkHarness.session(config.lake()));
  }

  private static Instant at(int hour) {
    return Instant.parse("2026-09-30T%02d:00:00Z".formatted(hour));
  }

  private static Finding finding(String subject) {
    Cost cost = new Cost("USD", new BigDecimal("6.7700"));
    return new Finding("forgotten notebook", subject, "search", at(5), cost, "Unused.", "Stop it.");
  }

  private void watch(int hour, boolean isWhole, String... subjects) {
    List<Finding> findings = Stream.of(subjects).map(FindingAlertsTest::finding).toList();
    FoundBefore.record(lake, findings, isWhole, at(hour));
  }

  private List<String> events() {
    return alerts().stream().map(a -> a.id() + " " + a.event().word()).toList();
  }

  private List<Alert> alerts() {
    return new FindingAlerts().alerts(config, lake);
  }

  @Test
  void nothingIsToldBeforeAWatch() {
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aFindingIsOneAlertUntilItIsOverAndAnotherOneIfItReturns() {
    watch(9, true, "nb", "other");
    watch(10, true, "nb", "other");
    watch(10, true, "nb", "other");
    assertThat(events())
        .containsExactly(
            "forgotten-notebook/nb/2026-09-30T09:00:00Z trigger",
            "forgotten-notebook/other/2026-09-30T09:00:00Z trigger");
    watch(11, true, "other");
    watch(12, true, "nb", "other");
    assertThat(events())
        .containsExactly(
            "forgotten-notebook/nb/2026-09-30T09:00:00Z resolve",
            "forgotten-notebook/other/2026-09-30T09:00:00Z trigger",
            "forgotten-notebook/nb/2026-09-30T12:00:00Z trigger");
  }

  @Test
  void aWatchThatMissedAClusterOrIsOfAnEarlierMomentEndsNothing() {
    watch(9, true, "nb");
    watch(10, false);
    watch(8, true, "earlier");
    assertThat(events()).containsExactly("forgotten-notebook/nb/2026-09-30T09:00:00Z trigger");
  }

  @Test
  void anAlertSaysWhatToDo() {
    watch(9, true, "nb");
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.title()).isEqualTo("forgotten notebook: nb");
              assertThat(alert.teamId()).isEqualTo("search");
              assertThat(alert.text())
                  .isEqualTo(
                      """
                      Unused. So far: USD 6.77, an estimate.
                      Stop it.

                      costlake watch --know forgotten-notebook/nb --why "..."\
                      """);
              assertThat(alert.facts())
                  .containsEntry("cost_so_far", "6.77")
                  .containsEntry("since", "2026-09-30T05:00:00Z");
            });
  }
}
