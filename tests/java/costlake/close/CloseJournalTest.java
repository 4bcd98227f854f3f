package costlake.close;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.IssuedStatement;
import costlake.decide.Decision;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseJournalTest {
  private static final BillingPeriod SEPTEMBER = BillingPeriod.parse("2026-09");
  private static final Instant AT = Instant.parse("2026-10-05T08:00:00.123Z");
  private static final IssuedStatement STATEMENT =
      new IssuedStatement(
          "2026-09/search/USD/1",
          SEPTEMBER,
          "search",
          "USD",
          1,
          1,
          new BigDecimal("12.345678901234567890"),
          new BigDecimal("12.50"),
          "c0",
          AT,
          null);
  private static final MonthChange CLOSE =
      MonthChange.closing(
          SEPTEMBER, 1, 7, Map.of(), "a = b", Map.of("models", "5f"), List.of(STATEMENT));

  /**
   * The journal entry of a close in the format of older versions, which recorded no other kinds of
   * decisions.
   */
  private static final String EARLIER =
      """
      {"sequence":1,"state":"RECORDED","kind":"CLOSED","period":{"month":"2026-09"},"closeNumber":1,
       "runId":"close-2026-09-1","publication":7,"tables":{"reporting.statements":"4"},
       "pins":{"reporting.statements":"close-2026-09-1"},"configuration":"a = b","facts":{"models":"5f"},
       "reason":null,"actor":"ann","at":"2026-10-05T08:00:00.123Z",
       "statements":[{"id":"2026-09/search/USD/1","period":{"month":"2026-09"},"teamId":"search","currency":"USD",
         "number":1,"closeNumber":1,"total":12.345678901234567890,"billed":12.50,"contentHash":"c0",
         "issuedAt":"2026-10-05T08:00:00.123Z","supersedes":null}]}
      """;

  @TempDir Path root;
  private Lake lake;

  @BeforeEach
  void openLake() {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.DELTA, root);
    lake = Lake.open(config, SparkHarness.session(config));
  }

  private Decision<MonthChange> decide(String runId, String reason, MonthChange change) {
    try (DecisionStage<MonthChange> stage = lake.begin(new CloseDecisionKind(), runId)) {
      return stage.decide(AT, "ann", reason, change);
    }
  }

  @Test
  void aCloseOfAnEarlierVersionIsReadAndReopened() throws IOException {
    Files.writeString(
        Files.createDirectory(root.resolve("closes")).resolve("000000001.json"), EARLIER);
    MonthChange close =
        MonthChange.closing(
                SEPTEMBER,
                1,
                7,
                Map.of("reporting.statements", "4"),
                "a = b",
                Map.of("models", "5f"),
                List.of(STATEMENT))
            .withPins(Map.of("reporting.statements", "close-2026-09-1"));
    assertThat(CloseJournal.of(lake.decided()).all())
        .containsExactly(
            new Decision<>(
                1, Decision.State.CARRIED_OUT, "close-2026-09-1", AT, "ann", null, close));
    Decision<MonthChange> reopening =
        decide("reopen-2026-09-1", "late", MonthChange.reopening(SEPTEMBER, 1, 7, "a = b"));
    assertThat(reopening.number()).isEqualTo(2);
    assertThat(CloseJournal.of(lake.decided()).inForce()).isEmpty();
  }

  @Test
  void aCloseIsReadAsItWasWritten() {
    Decision<MonthChange> close = decide("close-2026-09-1", null, CLOSE);
    assertThat(CloseJournal.of(lake.decided()).all()).containsExactly(close);
    assertThat(close.content()).isEqualTo(CLOSE);
    assertThat(CloseJournal.of(lake.decided()).issuing(STATEMENT.id())).contains(close);
    assertThat(CloseJournal.of(lake.decided()).issuing("2026-09/search/USD/2")).isEmpty();
  }

  @Test
  void theDigestIsOfTheClosesInForce() {
    String none = CloseJournal.of(lake.decided()).digest();
    decide("close-2026-09-1", null, CLOSE);
    assertThat(CloseJournal.of(lake.decided()).inForce()).containsOnlyKeys(SEPTEMBER);
    String one = CloseJournal.of(lake.decided()).digest();
    decide("reopen-2026-09-1", "late", MonthChange.reopening(SEPTEMBER, 1, 7, "a = b"));
    assertThat(CloseJournal.of(lake.decided()).inForce()).isEmpty();
    assertThat(CloseJournal.of(lake.decided()).digest()).isEqualTo(none).isNotEqualTo(one);
  }
}
