package costlake.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that keeps the JSON that is posted to it, by path. */
public final class WebhookServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, List<JsonNode>> received = new ConcurrentHashMap<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();

  /** Starts a server on a free port of this machine. */
  public WebhookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    received
        .computeIfAbsent(path, p -> new CopyOnWriteArrayList<>())
        .add(JSON.readTree(exchange.getRequestBody()));
    byte[] echo = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answers.getOrDefault(path, 200), echo.length);
    exchange.getResponseBody().write(echo);
    exchange.close();
  }

  /** Answers requests to a path with this status from now on, and repeats their address. */
  public void answer(String path, int status) {
    answers.put(path, status);
  }

  /** Returns what was posted to a path, in order. */
  public List<JsonNode> received(String path) {
    return List.copyOf(received.getOrDefault(path, List.of()));
  }

  /** Returns the port. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
