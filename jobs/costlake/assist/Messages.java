package costlake.assist;

import costlake.serve.GuardedQueries;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Answers messages of the protocol, whatever carries them. No message depends on an earlier one; a
 * session only says which call a client cancels.
 */
final class Messages implements McpStatelessServerTransport {
  private static final String CANCELLED = "notifications/cancelled";

  /** A client of a user. */
  record Client(GuardedQueries.Reader reader, String session) {}

  /** A running call. The ids of calls are those of their client. */
  private record CallId(String user, String session, Object id) {}

  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final Map<CallId, Call> running = new ConcurrentHashMap<>();
  private @Nullable McpStatelessServerHandler handler;

  @Override
  public void setMcpHandler(McpStatelessServerHandler tools) {
    handler = tools;
  }

  @Override
  public List<String> protocolVersions() {
    return List.of(
        ProtocolVersions.MCP_2025_03_26,
        ProtocolVersions.MCP_2025_06_18,
        ProtocolVersions.MCP_2025_11_25);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(() -> running.values().forEach(Call::cancel));
  }

  /**
   * Answers a message.
   *
   * @param gone returns whether the client no longer waits for the answer
   * @return the answer as JSON; empty for a notification
   */
  Optional<String> answer(Client client, String text, BooleanSupplier gone) {
    try {
      McpSchema.JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(json, text);
      if (message instanceof JSONRPCRequest request) {
        return Optional.of(written(answer(client, request, gone)));
      }
      if (message instanceof JSONRPCNotification notification) {
        receive(client, notification);
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(written(unreadable()));
    }
  }

  private static JSONRPCResponse unreadable() {
    return JSONRPCResponse.error(
        "", error(ErrorCodes.PARSE_ERROR, "Cannot read the message: it is not JSON-RPC 2.0"));
  }

  private static JSONRPCResponse.JSONRPCError error(int code, String message) {
    return new JSONRPCResponse.JSONRPCError(code, message);
  }

  private JSONRPCResponse answer(Client client, JSONRPCRequest request, BooleanSupplier gone) {
    CallId id = new CallId(client.reader().user(), client.session(), request.id());
    Call call = new Call(client.reader(), gone);
    if (running.putIfAbsent(id, call) != null) {
      return JSONRPCResponse.error(
          request.id(),
          error(ErrorCodes.INVALID_REQUEST, "A request with this id is still running"));
    }
    try {
      return Objects.requireNonNull(handler)
          .handleRequest(McpTransportContext.create(Map.of(Call.KEY, call)), request)
          .blockOptional()
          .orElseThrow();
    } finally {
      running.remove(id, call);
    }
  }

  private void receive(Client client, JSONRPCNotification notification) {
    if (notification.method().equals(CANCELLED)
        && notification.params() instanceof Map<?, ?> params
        && params.get("requestId") != null) {
      Object id = params.get("requestId");
      Call call = running.get(new CallId(client.reader().user(), client.session(), id));
      if (call != null) {
        call.cancel();
      }
    }
  }

  private String written(JSONRPCResponse response) {
    try {
      return json.writeValueAsString(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
