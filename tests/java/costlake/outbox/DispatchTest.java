package costlake.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.config.LakeConfig;
import costlake.core.Progress;
import costlake.decide.Decision;
import costlake.decide.OpsTable;
import costlake.lake.Lake;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the outbox sends messages of a channel which it does not know: alerts of budgets. */
class DispatchTest {
  /** An alert that a team's budget is used up to a threshold. */
  record Alert(String messageId, String team, long threshold) implements Message {
    Alert(String team, long threshold) {
      this(team + "/2026-09/" + threshold, team, threshold);
    }
  }

  private static final class Alerts extends Channel<Alert> {
    Alerts() {
      super("alert", OpsTable.text("team_id"), OpsTable.whole("threshold"));
    }

    @Override
    public TypeReference<Decision<MessageChange<Alert>>> type() {
      return new TypeReference<>() {};
    }

    @Override
    protected List<Object> content(Alert alert) {
      return List.of(alert.team(), alert.threshold());
    }

    @Override
    protected Alert message(Row row) {
      return new Alert(row.getAs("message_id"), row.getAs("team_id"), row.<Long>getAs("threshold"));
    }
  }

  /** A server that receives every text, then gives the next of its answers; null for none. */
  private static final class Server implements Transport<String> {
    private final List<String> received = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Answer handOver(String text) {
      Answer answer = answers.isEmpty() ? new Accepted("id-" + text) : answers.pop();
      if (!(answer instanceof TemporarilyRefused)) {
        received.add(text);
      }
      if (answer instanceof Refused refused && refused.reason().equals("dies")) {
        throw new IllegalStateException("the process died");
      }
      return answer;
    }
  }

  @TempDir Path root;
  private final Alerts channel = new Alerts();
  private final Server server = new Server();
  private SparkSession session;
  private Lake lake;

  @BeforeEach
  void open() {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.DELTA, root);
    session = SparkHarness.session(config);
    lake = Lake.open(config, session, List.of(channel));
  }

  private void send(Alert... alerts) {
    try (Outbox<Alert> outbox = Outbox.open(lake, channel, "budgets")) {
      outbox.markDoubtful(alert -> true);
      List<Dispatch.Post<String>> posts = new ArrayList<>();
      for (Alert alert : alerts) {
        if (outbox.prepare(alert)) {
          posts.add(new Dispatch.Post<>(alert.messageId(), alert.team() + alert.threshold()));
        }
      }
      Dispatch.Attempts twice = new Dispatch.Attempts(2, Duration.ZERO);
      new Dispatch<>(outbox, server, twice, Progress.SILENT).send(posts);
    }
  }

  private List<String> states() {
    lake.registerViews("ops.alert_outbox"::equals);
    return session
        .sql(
            """
            select concat_ws(' ', message_id, team_id, threshold, state) as message
            from (
                select message_id, team_id, threshold, max_by(state, change) as state
                from ops.alert_outbox
                group by all
            )
            order by message""")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void eachMessageIsSentOnceHoweverOftenItIsPrepared() {
    send(new Alert("search", 50), new Alert("vision", 50));
    send(new Alert("search", 50), new Alert("search", 80));
    assertThat(server.received).containsExactly("search50", "vision50", "search80");
    assertThat(states())
        .containsExactly(
            "search/2026-09/50 search 50 sent",
            "search/2026-09/80 search 80 sent",
            "vision/2026-09/50 vision 50 sent");
  }

  @Test
  void aMessageThatTheServerRefusesForNowIsTriedAgainAndOneThatItRefusesForGoodIsNot() {
    server.answers.add(new Transport.TemporarilyRefused("429"));
    server.answers.add(new Transport.Refused("no such address"));
    send(new Alert("search", 50), new Alert("vision", 50));
    send(new Alert("search", 50), new Alert("vision", 50));
    assertThat(server.received).containsExactly("vision50", "search50");
    assertThat(states())
        .containsExactly("search/2026-09/50 search 50 sent", "vision/2026-09/50 vision 50 failed");
  }

  @Test
  void noMessageIsOfferedToAServerThatIsBusyUntilItsPauseIsOver() {
    server.answers.add(new Transport.Busy("429", Duration.ofMillis(1)));
    send(new Alert("search", 50), new Alert("vision", 50));
    assertThat(server.received).containsExactly("search50", "search50", "vision50");
    assertThat(states())
        .containsExactly("search/2026-09/50 search 50 sent", "vision/2026-09/50 vision 50 sent");
  }

  @Test
  void aServerThatWantsALongPauseIsLeftToTheNextRun() {
    server.answers.add(new Transport.Busy("429", Duration.ofHours(1)));
    send(new Alert("search", 50), new Alert("vision", 50));
    assertThat(server.received).containsExactly("search50");
    assertThat(states())
        .containsExactly(
            "search/2026-09/50 search 50 queued", "vision/2026-09/50 vision 50 queued");
    send(new Alert("search", 50), new Alert("vision", 50));
    assertThat(server.received).containsExactly("search50", "search50", "vision50");
  }

  @Test
  void aMessageWithoutAnOutcomeIsSentAgainOnlyWhenAPersonSaysThatItDidNotArrive() {
    server.answers.add(new Transport.Refused("dies"));
    Alert alert = new Alert("search", 50);
    assertThatThrownBy(() -> send(alert)).hasMessage("the process died");
    send(alert);
    send(alert);
    assertThat(server.received).hasSize(1);
    assertThat(states()).containsExactly("search/2026-09/50 search 50 doubtful");

    try (Outbox<Alert> outbox = Outbox.open(lake, channel, "alerts")) {
      MessageChange<Alert> last = outbox.last(alert.messageId()).orElseThrow();
      outbox.decide("ann", "not in its log", last.then(MessageState.QUEUED, "it did not arrive"));
    }
    send(alert);
    send(alert);
    assertThat(server.received).hasSize(2);
    lake.registerViews("ops.alert_decisions"::equals);
    assertThat(session.table("ops.alert_decisions").collectAsList())
        .extracting(row -> row.getString(1) + " " + row.getString(5) + " " + row.getString(4))
        .containsExactly("search/2026-09/50 ann not in its log");
  }

  @Test
  void aServerThatRefusesTheSenderStopsTheRunAndLosesNoMessage() {
    server.answers.add(new Transport.SenderRefused("wrong key"));
    assertThatThrownBy(() -> send(new Alert("search", 50)))
        .hasMessage(
            "Cannot send by test: wrong key. Correct this and run again. What was sent is not sent"
                + " again");
    send(new Alert("search", 50));
    assertThat(states()).containsExactly("search/2026-09/50 search 50 sent");
  }
}
