package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.BillingPeriod;
import costlake.core.IssuedStatement;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseActionTest {
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
          new BigDecimal("12.345"),
          new BigDecimal("12.5"),
          "c0",
          AT,
          null);
  private static final CloseAction CLOSE =
      CloseAction.closing(
          occasion(1, "close-2026-09-1"),
          Map.of("reporting.statements", "4"),
          Map.of("models", "5f"),
          List.of(STATEMENT));

  /** As it is stored. */
  private static final String STORED =
      """
      {"sequence":1,"state":"RECORDED","kind":"CLOSED","period":{"month":"2026-09"},"closeNumber":1,
       "runId":"close-2026-09-1","publication":7,"tables":{"reporting.statements":"4"},
       "pins":{"reporting.statements":"close-2026-09-1"},"configuration":"a = b","facts":{"models":"5f"},
       "reason":null,"actor":"ann","at":"2026-10-05T08:00:00.123Z",
       "statements":[{"id":"2026-09/search/USD/1","period":{"month":"2026-09"},"teamId":"search","currency":"USD",
         "number":1,"closeNumber":1,"total":12.345,"billed":12.5,"contentHash":"c0",
         "issuedAt":"2026-10-05T08:00:00.123Z","supersedes":null}]}
      """;

  @TempDir Path root;

  private static CloseAction.Occasion occasion(long sequence, String runId) {
    return new CloseAction.Occasion(sequence, SEPTEMBER, 1, runId, 7, "a = b", "ann", AT);
  }

  private JournalFiles<CloseAction> files() {
    return new JournalFiles<>(root.toString(), "closes", CloseAction.class, new Configuration());
  }

  @Test
  void aStoredCloseIsRead() throws IOException {
    Path file = Files.createDirectory(root.resolve("closes")).resolve("000000001.json");
    Files.writeString(file, STORED);
    assertThat(files().read(files().newestFirst().get(0)))
        .isEqualTo(CLOSE.recorded(Map.of("reporting.statements", "close-2026-09-1")));
  }

  @Test
  void aReopeningFreezesNothingAndIsReadAsWritten() {
    CloseAction reopening =
        CloseAction.reopening(occasion(2, "reopen-2026-09-1"), "a day was restated");
    files().write(2, reopening);
    assertThat(files().read(files().newestFirst().get(0))).isEqualTo(reopening);
    assertThat(reopening.tables()).isEmpty();
    assertThat(reopening.statements()).isEmpty();
    assertThat(reopening.reason()).isEqualTo("a day was restated");
  }
}
