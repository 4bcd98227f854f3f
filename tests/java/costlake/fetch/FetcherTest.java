package costlake.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import costlake.core.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the fetcher against real servers that fail or give wrong responses. */
class FetcherTest {
  private static final String KEY = "Bearer s3cr3t-t0k3n";
  private static final FetchLimits QUICK =
      new FetchLimits(
          3, Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofSeconds(20), 10_000);

  @TempDir Path folder;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  private interface Answering {
    void to(HttpExchange exchange, String query) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(Answering answering) {
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
          String query = exchange.getRequestURI().getRawQuery();
          answering.to(exchange, query == null ? "" : query);
          exchange.close();
        });
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static Fetcher fetcher(FetchLimits limits) {
    return new Fetcher(
        "cloud-1",
        SecretHeader.of("Authorization", List.of("OWN_KEY", "KEY"), Map.of("KEY", KEY + "\n")),
        limits);
  }

  private Path fetch(FetchLimits limits) {
    Fetcher fetcher = fetcher(limits);
    Path file = folder.resolve("answer.json");
    fetcher.fetch(FetchRequest.get(address("/v1?key=hidden")), file, fetcher.deadline(), f -> {});
    return file;
  }

  private void refused(FetchLimits limits, Failure.Family family, String... words) {
    assertThatThrownBy(() -> fetch(limits))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.family()).isEqualTo(family))
        .hasMessageStartingWith("Cannot query " + address("/v1") + " for source 'cloud-1': ")
        .hasMessageContainingAll(words)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("hidden", "s3cr3t"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void storesAnAnswerAndSendsTheKey() {
    serve((exchange, query) -> say(exchange, 200, "{}"));
    assertThat(fetch(QUICK)).hasContent("{}");
    assertThat(folder.toFile().list()).containsExactly("answer.json");
    assertThat(keys).containsExactly(KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void asksAgainAndGivesUpInAWayThatMayBeTriedAgain(int status) {
    serve((exchange, query) -> say(exchange, asked.size() == 3 ? 200 : status, "busy"));
    assertThat(fetch(QUICK)).hasContent("busy");
    assertThat(asked).hasSize(3);
    folder.resolve("answer.json").toFile().delete();
    refused(QUICK, Failure.Family.INTERNAL, "the server answered " + status, "busy", "Try again");
    assertThat(asked).hasSize(6);
  }

  @Test
  void showsAPageOfAServerThatFailsAsText() {
    String page = "<!DOCTYPE HTML>\n<html>\n  <p>Error code: 500</p>\n  <p>No database.</p></html>";
    serve((exchange, query) -> say(exchange, 500, page));
    refused(QUICK, Failure.Family.INTERNAL, ": Error code: 500 No database. Try again when");
  }

  @Test
  void waitsAsLongAsTheServerWants() {
    serve(
        (exchange, query) -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          say(exchange, asked.size() == 1 ? 429 : 200, "{}");
        });
    long before = System.nanoTime();
    fetch(QUICK);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(950));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "Fri, 31 Dec 2100 23:59:59 GMT"})
  void neverWaitsBeyondTheDeadline(String after) {
    serve(
        (exchange, query) -> {
          exchange.getResponseHeaders().set("Retry-After", after);
          say(exchange, 503, "");
        });
    refused(QUICK, Failure.Family.INTERNAL, "The time limit does not allow another attempt");
    assertThat(asked).hasSize(1);
  }

  @Test
  void pausesDoubleAndVary() {
    FetchLimits limits = FetchLimits.USUAL.pausing(Duration.ofSeconds(2));
    assertThat(limits.pauseAfter(1, 0, Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
    assertThat(limits.pauseAfter(3, 0, Duration.ZERO)).isEqualTo(Duration.ofSeconds(8));
    assertThat(limits.pauseAfter(3, 99, Duration.ZERO)).isEqualTo(Duration.ofMillis(4_040));
    assertThat(limits.pauseAfter(1, 50, Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aServerThatStallsIsLeftAfterItsTime() {
    serve(
        (exchange, query) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(3_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    FetchLimits limits =
        new FetchLimits(1, Duration.ZERO, Duration.ofMillis(300), Duration.ofSeconds(9), 10_000);
    refused(limits, Failure.Family.INTERNAL, "no complete response within");
  }

  @Test
  void anAnswerThatEndsEarlyIsNotKept() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread liar = new Thread(() -> cutAll(socket));
      liar.start();
      Fetcher fetcher = fetcher(QUICK);
      URI address = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
      assertThatThrownBy(
              () ->
                  fetcher.fetch(
                      FetchRequest.get(address),
                      folder.resolve("answer.json"),
                      fetcher.deadline(),
                      file -> {}))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("content-length: 100, bytes received: 7");
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** Announces a content length of 100 bytes and sends seven bytes. */
  private static void cutAll(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (Socket one = socket.accept()) {
        one.getInputStream().read(new byte[4_096]);
        OutputStream out = one.getOutputStream();
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1,"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void refusesMoreBytesThanAllowedWithoutReadingThemAll() {
    serve(
        (exchange, query) -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write(new byte[100_000]);
          }
        });
    refused(QUICK, Failure.Family.DATA, "more than 10000 bytes");
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "text/html; charset=utf-8, Sign in",
    "application/json, <!DOCTYPE html><html></html>",
    "TEXT/HTML, {}"
  })
  void refusesHtml(String type, String body) {
    serve(
        (exchange, query) -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          say(exchange, 200, body);
        });
    refused(QUICK, Failure.Family.OPERATOR, "the response is an HTML page, not data");
    assertThat(asked).hasSize(1);
  }

  @Test
  void namesTheVariablesOfTheKeyAndNeverTheKey() {
    serve((exchange, query) -> say(exchange, 401, "no"));
    refused(
        QUICK,
        Failure.Family.OPERATOR,
        "Set OWN_KEY or KEY to the value of the header Authorization");
    server.removeContext("/");
    serve((exchange, query) -> say(exchange, 400, "bad token " + KEY + " or s3cr3t-t0k3n"));
    refused(QUICK, Failure.Family.OPERATOR, "the server answered 400", "bad token *** or ***");
  }

  @Test
  void followsAMoveOnTheSameServerAndNoOther() {
    serveMoved("{}");
    assertThat(fetch(QUICK)).hasContent("{}");
    assertThat(keys).containsExactly(KEY, KEY);
    folder.resolve("answer.json").toFile().delete();
    server.removeContext("/");
    serve(
        (exchange, query) -> {
          exchange.getResponseHeaders().set("Location", "http://elsewhere.example/?key=hidden");
          say(exchange, 302, "");
        });
    refused(QUICK, Failure.Family.OPERATOR, "the server redirects to http://elsewhere.example/.");
  }

  @Test
  void anAnswerAfterAMoveHasNothingOfTheOneBefore() {
    serveMoved("this page moved to another place");
    assertThat(fetch(QUICK)).hasContent("{}");
  }

  /**
   * Serves {@code {}} at {@code /new}. Other paths redirect to {@code /new}, in a response with
   * this body.
   */
  private void serveMoved(String body) {
    serve(
        (exchange, query) -> {
          boolean moved = exchange.getRequestURI().getPath().equals("/new");
          exchange.getResponseHeaders().set("Location", "/new?" + query);
          say(exchange, moved ? 200 : 307, moved ? "{}" : body);
        });
  }

  @Test
  void refusesAMoveToNoAddress() {
    serve(
        (exchange, query) -> {
          exchange.getResponseHeaders().set("Location", "http://[hidden");
          say(exchange, 307, "");
        });
    refused(QUICK, Failure.Family.DATA, "the server redirects to an invalid address");
  }

  @Test
  void hidesAKeyThatTheEndOfTheShownTextCuts() {
    serve((exchange, query) -> say(exchange, 400, "x".repeat(285) + KEY + "x".repeat(900)));
    refused(QUICK, Failure.Family.OPERATOR, "x***");
    server.removeContext("/");
    serve((exchange, query) -> say(exchange, 400, KEY.repeat(40)));
    assertThatThrownBy(() -> fetch(QUICK)).message().doesNotContain("s3");
  }

  @Test
  void anEmptyVariableIsNotSet() {
    Map<String, String> environment = Map.of("OWN_KEY", " ", "OWN_KEY_FILE", "", "KEY", KEY);
    SecretHeader common = SecretHeader.of("Authorization", List.of("OWN_KEY", "KEY"), environment);
    assertThat(common.value()).contains(KEY);
    SecretHeader none = SecretHeader.of("Authorization", List.of("OWN_KEY"), environment);
    assertThat(none.value()).isEmpty();
    assertThat(none.hide("as it is")).isEqualTo("as it is");
  }

  @Test
  void refusesAKeyThatNoHeaderCanHaveWithoutShowingIt() {
    assertThatThrownBy(
            () ->
                SecretHeader.of(
                    "Authorization", List.of("OWN_KEY", "KEY"), Map.of("KEY", "s3c\nr3t")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.OPERATOR))
        .hasNoCause()
        .hasMessageContaining("The value of OWN_KEY or KEY has a character")
        .message()
        .doesNotContain("s3c", "r3t");
  }

  @Test
  void asksAServerThatIsNotThereAgain() {
    server.stop(0);
    refused(QUICK, Failure.Family.INTERNAL, "Check that the address is right and the server is up");
  }

  private List<String> pages(Paging paging, String start) throws IOException {
    List<String> contents = new ArrayList<>();
    for (Path file : new PagedFetch(fetcher(QUICK), paging, folder).from(address(start))) {
      contents.add(Files.readString(file));
    }
    return contents;
  }

  private void refusedPages(Paging paging, String words) {
    assertThatThrownBy(() -> pages(paging, "/list?size=2"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("Cannot use the response of " + address("/"))
        .hasMessageContaining(words);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void followsLinks() throws IOException {
    serve(
        (exchange, query) ->
            say(
                exchange,
                200,
                query.contains("page=2")
                    ? "{\"value\":[3],\"next\":null}"
                    : "{\"value\":[1,2],\"next\":\"/list?size=2&page=2\"}"));
    assertThat(pages(Paging.byLink("/value", "/next"), "/list?size=2")).hasSize(2);
    assertThat(asked).containsExactly("/list?size=2", "/list?size=2&page=2");
    assertThat(folder.toFile().list()).contains("page-00001.json", "page-00002.json");
  }

  @Test
  void followsCursors() throws IOException {
    serve(
        (exchange, query) ->
            say(
                exchange,
                200,
                query.contains("after=a%2Bb")
                    ? "{\"data\":[2],\"meta\":{\"cursor\":\"\"}}"
                    : "{\"data\":[1],\"meta\":{\"cursor\":\"a+b\"}}"));
    assertThat(pages(Paging.byCursor("/data", "/meta/cursor", "after"), "/list?size=1")).hasSize(2);
    assertThat(asked).containsExactly("/list?size=1", "/list?size=1&after=a%2Bb");
  }

  @Test
  void followsOffsetsToAnEmptyPageOrToTheTotal() throws IOException {
    serve(
        (exchange, query) ->
            say(
                exchange,
                200,
                "{\"total\":3,\"rows\":"
                    + (query.contains("from=3") ? "[]" : query.contains("from=2") ? "[3]" : "[1,2]")
                    + "}"));
    assertThat(pages(Paging.byOffset("/rows", "from"), "/list?from=0&size=2")).hasSize(3);
    asked.clear();
    assertThat(pages(Paging.byOffset("/rows", "from").ofTotal("/total"), "/list?size=2"))
        .hasSize(2);
    assertThat(asked).containsExactly("/list?size=2", "/list?size=2&from=2");
  }

  @Test
  void refusesAPageThatRepeats() {
    serve((exchange, query) -> say(exchange, 200, "{\"rows\":[1,2],\"next\":\"/list?size=2\"}"));
    refusedPages(Paging.byOffset("/rows", "from"), "its page 2 repeats an earlier one");
    refusedPages(Paging.byLink("/rows", "/next"), "its next page is one that was fetched before");
  }

  @Test
  void refusesPagesThatEndBeforeTheTotal() {
    serve(
        (exchange, query) ->
            say(
                exchange,
                200,
                query.contains("from=2")
                    ? "{\"total\":5,\"rows\":[]}"
                    : "{\"total\":5,\"rows\":[1,2]}"));
    refusedPages(
        Paging.byOffset("/rows", "from").ofTotal("/total"),
        "its pages end after 2 items, but the API states 5");
  }

  @Test
  void refusesPagesThatAreNone() {
    serve((exchange, query) -> say(exchange, 200, "{\"error\":\"x\"}"));
    refusedPages(Paging.byLink("/value", "/next"), "its page 1 has no list /value");
    server.removeContext("/");
    serve((exchange, query) -> say(exchange, 200, "{\"value\":[1"));
    refusedPages(Paging.byLink("/value", "/next"), "it is not complete JSON");
    server.removeContext("/");
    serve((exchange, query) -> say(exchange, 200, "{\"value\":[1]} [2]"));
    refusedPages(Paging.byLink("/value", "/next"), "it is not complete JSON");
    server.removeContext("/");
    serve((exchange, query) -> say(exchange, 200, "{\"value\":[1],\"next\":\"http://[x\"}"));
    refusedPages(
        Paging.byLink("/value", "/next"), "its next page has an address that is not valid");
    server.removeContext("/");
    serve(
        (exchange, query) ->
            say(exchange, 200, "{\"value\":[1],\"next\":\"http://elsewhere.example/2\"}"));
    refusedPages(Paging.byLink("/value", "/next"), "on another server, http://elsewhere.example/2");
  }
}
