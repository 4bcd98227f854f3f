package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page that {@code costlake status} prints. */
class StatusPageTest {
  private static final Instant ASKED = Instant.parse("2026-11-28T12:00:00Z");
  private static final Config CONFIG = Config.defaults(Path.of("/srv/costlake"));

  private static LakeStatus.LastRun run(String status, LakeStatus.Problem... problems) {
    return new LakeStatus.LastRun(
        "night-1",
        "night",
        "2026-11",
        status,
        ASKED.minusSeconds(3 * 60 * 60),
        92_900,
        "said",
        Map.of("done", 7L),
        List.of(problems));
  }

  private static LakeStatus.SourceState source(String id, Instant landed, long rejects) {
    return new LakeStatus.SourceState(
        id, "aws-cur", landed == null ? 0 : 2, "2026-11-01", landed, 0L, rejects);
  }

  @Test
  void hasTenLinesWithoutProblems() {
    LakeStatus status =
        new LakeStatus(
            ASKED,
            run("done"),
            new LakeStatus.InForce(4, "night-1", ASKED.minusSeconds(90 * 60), 5400, 61, 1, null),
            null,
            List.of(),
            List.of(source("aws", ASKED.minusSeconds(5 * 86_400), 2), source("gcp", null, 0)),
            List.of(
                new LakeStatus.Closed("2026-09", 1, 5, ASKED),
                new LakeStatus.Closed("2026-10", 2, 1, ASKED)),
            Map.of("sent", 3L, "bounced", 0L));
    assertThat(StatusPage.lines(CONFIG, status, List.of()))
        .containsExactly(
            "Lake       /srv/costlake/lake",
            "Published  publication 4, 2026-11-28 10:30 UTC (90 min ago): 61 tables from 1"
                + " delivery",
            "Last run   night of 2026-11, 2026-11-28 09:00 UTC (3 hours ago): done in 92 s",
            "Message    said",
            "Steps      7 done",
            "Sources    2, 1 without a delivery; the latest delivery is of aws, 2026-11-23 12:00"
                + " UTC (5 days ago)",
            "Rejected   2 rows of aws (ops.rejects)",
            "Closed     2 months, the last is 2026-10 with 1 statement",
            "Mails      3 sent",
            "Problems   none");
  }

  @Test
  void listsEachProblemAfterTheTenLines() {
    LakeStatus status =
        new LakeStatus(
            ASKED,
            run(
                "failed",
                new LakeStatus.Problem("audit", "ties", "failed", "1 row"),
                new LakeStatus.Problem("audit", "focus_advisory_rules", "warned", "2 rows")),
            null,
            5L,
            List.of(new Warning("focus_advisory_rules", "2 rows")),
            List.of(),
            List.of(),
            Map.of());
    List<UnresolvedMail> mails =
        List.of(
            new UnresolvedMail("mail", "doubtful", "1@x", "a@x", null),
            new UnresolvedMail("alert", "failed", "chat/k/1", "chat", "no_service"));
    assertThat(StatusPage.lines(CONFIG, status, mails))
        .contains("Published  nothing yet", "Closed     none", "Mails      none")
        .endsWith(
            "Problems   5",
            "  publication 5 was interrupted: the next night finishes it",
            "  failed audit ties: 1 row",
            "  warning focus_advisory_rules: 2 rows",
            "  doubtful mail 1@x to a@x",
            "  failed alert chat/k/1 to chat: no_service");
  }
}
