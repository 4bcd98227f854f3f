package costlake.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import costlake.config.AlertRoute;
import costlake.config.Severity;
import costlake.outbox.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts messages to a real server that answers well, badly, slowly or not at all. */
class WebhookTransportTest {
  private static final String TOKEN = "s3cr3t-T0ken";
  private static final Duration SHORT = Duration.ofMillis(500);

  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          received.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          handler.handle(exchange);
          exchange.close();
        });
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void serve(int status, String body) {
    serve(exchange -> say(exchange, status, body));
  }

  private Transport.Answer send(AlertRoute.InDoubt doubt) {
    return send(doubt, server.getAddress().getPort(), Duration.ofSeconds(20));
  }

  private Transport.Answer send() {
    return send(AlertRoute.InDoubt.WAIT);
  }

  private static Transport.Answer send(AlertRoute.InDoubt doubt, int port, Duration timeout) {
    AlertRoute route =
        route("http://127.0.0.1:%d/services/%s?sig=q%%2Bu-%s".formatted(port, TOKEN, TOKEN), doubt);
    return new WebhookTransport(route, timeout).handOver("{\"text\":\"ä\"}");
  }

  private static AlertRoute route(String url, AlertRoute.InDoubt doubt) {
    return new AlertRoute(
        "chat",
        AlertRoute.Type.JSON,
        url,
        "r0uting-Key",
        List.of("search"),
        false,
        List.of(),
        Severity.INFO,
        Severity.CRITICAL,
        null,
        null,
        doubt);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void postsJsonOnceIfTheServerTakesIt(int status) {
    serve(status, "");
    assertThat(send()).isEqualTo(new Transport.Accepted(null));
    assertThat(received).containsExactly("POST application/json {\"text\":\"ä\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void aMessageThatTheServerRefusesIsRefusedForGood(int status) {
    serve(status, "invalid_blocks");
    assertThat(send())
        .isEqualTo(new Transport.Refused("the server answered " + status + ": invalid_blocks"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void anAddressThatTheServerDoesNotKnowIsForTheOperator(int status) {
    serve(status, "no_service\r\n");
    assertThat(send())
        .isEqualTo(new Transport.SenderRefused("the server answered " + status + ": no_service"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void waitsAsLongAsABusyServerWants(int status) {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "30");
          say(exchange, status, "rate_limited");
        });
    assertThat(send())
        .isEqualTo(
            new Transport.Busy(
                "the server answered " + status + ": rate_limited", Duration.ofSeconds(30)));
  }

  @Test
  void waitsUntilTheDateThatABusyServerNames() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(3_600).atOffset(ZoneOffset.UTC));
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", date);
          say(exchange, 429, "");
        });
    assertThat(send())
        .isInstanceOfSatisfying(
            Transport.Busy.class,
            busy ->
                assertThat(busy.wanted())
                    .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60)));
  }

  @ParameterizedTest
  @CsvSource({"500, WAIT", "502, WAIT", "504, WAIT"})
  void aServerThatFailsMayHaveTakenTheMessage(int status) {
    serve(status, "oops");
    String reason = "the server answered " + status + ": oops";
    assertThat(send(AlertRoute.InDoubt.WAIT)).isEqualTo(new Transport.OutcomeUnknown(reason));
    assertThat(send(AlertRoute.InDoubt.REPEAT)).isEqualTo(new Transport.TemporarilyRefused(reason));
  }

  @Test
  void followsNoRedirectAndNamesOnlyTheHost() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "https://elsewhere.example/" + TOKEN);
          say(exchange, 307, "moved to " + TOKEN);
        });
    assertThat(send())
        .isEqualTo(
            new Transport.SenderRefused(
                "the server redirects to elsewhere.example, which is not followed. If that is the"
                    + " right server, write its address"));
    assertThat(received).hasSize(1);
  }

  @Test
  void aRedirectToNoAddressIsRefusedToo() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://[" + TOKEN);
          say(exchange, 302, "");
        });
    assertThat(send())
        .isInstanceOfSatisfying(
            Transport.SenderRefused.class,
            refused -> assertThat(refused.reason()).contains("an invalid address"));
  }

  @Test
  void aServerThatDoesNotAnswerInTimeMayHaveTakenTheMessage() {
    serve(exchange -> await());
    int port = server.getAddress().getPort();
    assertThat(send(AlertRoute.InDoubt.WAIT, port, SHORT))
        .isEqualTo(new Transport.OutcomeUnknown("no answer within 0 s"));
    assertThat(send(AlertRoute.InDoubt.REPEAT, port, SHORT))
        .isEqualTo(new Transport.TemporarilyRefused("no answer within 0 s"));
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBodyThatDripsDoesNotDelayTheOutcome() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('o');
          exchange.getResponseBody().flush();
          await();
        });
    assertThat(send(AlertRoute.InDoubt.WAIT, server.getAddress().getPort(), SHORT))
        .isEqualTo(new Transport.Accepted(null));
  }

  @Test
  void aStatusThatDripsIsNoAnswer() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> drip(socket));
      assertThat(send(AlertRoute.InDoubt.WAIT, socket.getLocalPort(), SHORT))
          .isEqualTo(new Transport.OutcomeUnknown("no answer within 0 s"));
    }
  }

  /** Sends a byte of an endless header every 20 ms. */
  private void drip(ServerSocket socket) {
    try (Socket one = socket.accept()) {
      OutputStream out = one.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      while (!Thread.currentThread().isInterrupted()) {
        out.write('x');
        out.flush();
        Thread.sleep(20);
      }
    } catch (IOException closed) {
      received.add("closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aConnectionThatBreaksMayHaveCarriedTheMessage() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> cut(socket));
      assertThat(send(AlertRoute.InDoubt.WAIT, socket.getLocalPort(), Duration.ofSeconds(20)))
          .isInstanceOfSatisfying(
              Transport.OutcomeUnknown.class,
              unknown -> assertThat(unknown.reason()).startsWith("the connection broke: "));
    }
  }

  private static void cut(ServerSocket socket) {
    try (Socket one = socket.accept()) {
      one.getInputStream().read(new byte[4_096]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aServerThatIsNotThereTookNothing() {
    int port = server.getAddress().getPort();
    server.stop(0);
    assertThat(send(AlertRoute.InDoubt.WAIT, port, Duration.ofSeconds(20)))
        .isInstanceOfSatisfying(
            Transport.Unreachable.class,
            unreachable ->
                assertThat(unreachable.reason())
                    .startsWith("there is no connection to 127.0.0.1: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOKEN,
        "https://hooks.example.com/services/" + TOKEN + "?sig=q%2Bu-" + TOKEN,
        "{\"url\":\"http:\\/\\/x\\/services\\/" + TOKEN + "\"}",
        "S3CR3T-T0KEN",
        "q+u-" + TOKEN,
        "r0uting-Key"
      })
  void hidesSecretsThatTheServerRepeats(String echo) {
    serve(400, "bad: " + echo);
    String shown = reason();
    assertThat(shown.toLowerCase(java.util.Locale.ROOT))
        .startsWith("the server answered 400: bad: ")
        .contains("***")
        .doesNotContain("s3cr3t", "t0ken", "r0uting");
  }

  @Test
  void hidesASecretThatTheEndOfTheShownTextCuts() {
    serve(400, (TOKEN + " ").repeat(1_000));
    assertThat(reason()).startsWith("the server answered 400: *** ***").doesNotContain("s3");
    server.removeContext("/");
    serve(400, "x".repeat(295) + TOKEN);
    assertThat(reason()).doesNotContain("s3");
  }

  private String reason() {
    return ((Transport.Refused) send()).reason();
  }

  @Test
  void showsOnlyTheBeginningOfALongAnswerAsOneLine() {
    serve(400, "a\u001b[31m\n\nb " + "x".repeat(100_000));
    assertThat(reason()).startsWith("the server answered 400: a [31m b x").hasSizeLessThan(340);
  }
}
