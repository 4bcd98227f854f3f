package costlake.assist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A call that is too long, too large, cancelled, or one too many ends clearly and frees its turn.
 */
@Tag("night")
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class AssistantLimitsTest {
  private static final String ENDLESS =
      "select sum(a.id * b.id + c.id) from range(1000) a cross join range(100000) b cross join"
          + " range(100000) c";
  private static final String SESSION = "Mcp-Session-Id";
  private static final int POLL_MS = 100;

  private static Assisted assisted;
  private static ExecutorService threads;

  @BeforeAll
  static void serve() throws InterruptedException {
    threads = Executors.newCachedThreadPool();
    assisted =
        Assisted.with(
            Map.of(
                "serve.query_max_s", "120",
                "serve.query_text_max_kib", "1",
                "serve.queries_max", "2",
                "serve.queries_per_user_max", "1",
                "serve.queries_waiting_per_user_max", "1"));
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
    assisted.close();
  }

  private static String json(Object value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String query(int id, String sql) {
    return json(
        Map.of(
            "jsonrpc",
            "2.0",
            "id",
            id,
            "method",
            "tools/call",
            "params",
            Map.of("name", "query", "arguments", Map.of("sql", sql))));
  }

  private static String cancelling(int id) {
    return json(
        Map.of(
            "jsonrpc", "2.0",
            "method", "notifications/cancelled",
            "params", Map.of("requestId", id)));
  }

  private static HttpResponse<String> send(String user, String session, String message) {
    try {
      return assisted.post(Assisted.basic(user, Assisted.PASSWORD), message, SESSION, session);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Future<String> start(String user, String session, int id) {
    return threads.submit(() -> send(user, session, query(id, ENDLESS)).body());
  }

  /** Cancels a call until it ends; the first attempts may come before it. */
  private static String cancel(Future<String> call, String user, String session, int id)
      throws Exception {
    while (!call.isDone()) {
      assertThat(send(user, session, cancelling(id)).statusCode()).isEqualTo(202);
      Thread.sleep(POLL_MS);
    }
    return call.get();
  }

  @Test
  void aCancelledCallEndsAndFreesItsTurn() throws Exception {
    Future<String> call = start("ines", "one", 7);
    assertThat(send("pat", "one", cancelling(7)).statusCode()).isEqualTo(202);
    assertThat(send("ines", "two", cancelling(7)).statusCode()).isEqualTo(202);
    assertThat(send("ines", "one", cancelling(8)).statusCode()).isEqualTo(202);
    Thread.sleep(10 * POLL_MS);
    assertThat(call.isDone()).as("cancelled by another user, client or id").isFalse();
    assertThat(cancel(call, "ines", "one", 7)).contains("\"isError\":true");
    assertThat(send("ines", "one", query(9, "select 1 as one")).body()).contains("[[1]]");
  }

  @Test
  void aCallOfAClientThatDisconnectsFreesItsTurn() throws Exception {
    String message = query(1, ENDLESS);
    String request =
        "POST /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(Assisted.basic("lena", Assisted.PASSWORD), message.length(), message);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), assisted.port());
        OutputStream out = socket.getOutputStream()) {
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      Thread.sleep(10 * POLL_MS);
    }
    assertThat(send("lena", "one", query(1, "select 1 as one")).body()).contains("[[1]]");
  }

  @Test
  void oneCallTooManyOfAUserIsRefusedAtOnce() throws Exception {
    List<Future<String>> calls = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      calls.add(start("finn", "one", id));
    }
    while (calls.stream().noneMatch(Future::isDone)) {
      Thread.sleep(POLL_MS);
    }
    Future<String> refused = calls.stream().filter(Future::isDone).findFirst().orElseThrow();
    assertThat(refused.get()).contains("1 of your queries are waiting already");
    assertThat(calls).filteredOn(Future::isDone).hasSize(1);
    assertThat(send("pat", "one", query(1, "select 1 as one")).body())
        .as("another user is answered")
        .contains("[[1]]");
    for (int id = 1; id <= 3; id++) {
      cancel(calls.get(id - 1), "finn", "one", id);
    }
  }

  @Test
  void theSameIdTwiceIsRefused() throws Exception {
    Future<String> call = start("pat", "one", 1);
    String again = "";
    while (!again.contains("still running")) {
      again = send("pat", "one", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").body();
    }
    assertThat(again).contains("A request with this id is still running");
    cancel(call, "pat", "one", 1);
  }

  private static String refusal(String sql) {
    CallToolResult result = assisted.call("ines", "query", Map.of("sql", sql));
    assertThat(result.isError()).isTrue();
    return Assisted.text(result);
  }

  @Test
  void aTextOrAnAnswerThatIsTooLongIsRefused() {
    assertThat(refusal("select 1 /*" + "x".repeat(2 << 10) + "*/"))
        .contains("Cannot run a query of 2 KiB", "serve.query_text_max_kib");
    assertThat(refusal("select repeat('x', 500000)"))
        .contains("the answer has more than 400000 characters");
  }

  @Test
  void aMessageThatIsTooLargeIsRefused() {
    assertThat(send("ines", "one", query(1, "x".repeat(1 << 20))).statusCode()).isEqualTo(413);
  }
}
