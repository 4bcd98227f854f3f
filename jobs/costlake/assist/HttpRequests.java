package costlake.assist;

import costlake.assist.Messages.Client;
import costlake.core.Failure;
import costlake.serve.GuardedQueries;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection (Streamable HTTP): each POST has one message, and its
 * response has the answer as JSON. One request at a time; a client that sends another one meanwhile
 * is disconnected. Requests of web pages are refused, so that no page can use the browser of a
 * user.
 */
final class HttpRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
  static final String PATH = "/mcp";

  private static final Logger LOG = LoggerFactory.getLogger(HttpRequests.class);
  private static final String SESSION = "Mcp-Session-Id";

  private final SignedIn signedIn;
  private final Messages messages;
  private final ExecutorService calls;
  private boolean busy;

  HttpRequests(SignedIn signedIn, Messages messages, ExecutorService calls) {
    this.signedIn = signedIn;
    this.messages = messages;
    this.calls = calls;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (busy) {
      close(context);
      return;
    }
    busy = true;
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    FullHttpRequest kept = request.retain();
    calls.execute(() -> write(context, response(context, kept), keepAlive));
  }

  private void write(ChannelHandlerContext context, FullHttpResponse response, boolean keepAlive) {
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, keepAlive);
    context
        .executor()
        .execute(
            () -> {
              busy = false;
              var written = context.writeAndFlush(response);
              if (!keepAlive) {
                written.addListener(ChannelFutureListener.CLOSE);
              }
            });
  }

  private FullHttpResponse response(ChannelHandlerContext context, FullHttpRequest request) {
    try {
      return refusal(request)
          .orElseGet(() -> answer(context, request, signedIn(context, request.headers())));
    } catch (Failure e) {
      return unauthorised(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("Cannot answer a request", e);
      return text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "The server failed; see its log");
    } finally {
      request.release();
    }
  }

  private static Optional<FullHttpResponse> refusal(FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return Optional.of(text(HttpResponseStatus.BAD_REQUEST, "Cannot read the request"));
    }
    if (!request.uri().equals(PATH)) {
      return Optional.of(text(HttpResponseStatus.NOT_FOUND, "Assistants connect to " + PATH));
    }
    return request.headers().contains(HttpHeaderNames.ORIGIN)
        ? Optional.of(text(HttpResponseStatus.FORBIDDEN, "Web pages cannot use this server"))
        : Optional.empty();
  }

  private GuardedQueries.Reader signedIn(ChannelHandlerContext context, HttpHeaders headers) {
    InetSocketAddress from = (InetSocketAddress) context.channel().remoteAddress();
    return signedIn.user(
        headers.get(HttpHeaderNames.AUTHORIZATION), from.getAddress().getHostAddress());
  }

  private FullHttpResponse answer(
      ChannelHandlerContext context, FullHttpRequest request, GuardedQueries.Reader reader) {
    if (request.method().equals(HttpMethod.DELETE)) {
      return empty(HttpResponseStatus.OK); // a session has nothing to remove
    }
    if (!request.method().equals(HttpMethod.POST)) {
      FullHttpResponse refused = empty(HttpResponseStatus.METHOD_NOT_ALLOWED);
      refused.headers().set(HttpHeaderNames.ALLOW, "POST, DELETE");
      return refused;
    }
    String session = request.headers().get(SESSION, UUID.randomUUID().toString());
    FullHttpResponse response =
        messages
            .answer(
                new Client(reader, session),
                request.content().toString(StandardCharsets.UTF_8),
                () -> !context.channel().isActive())
            .map(answer -> of(HttpResponseStatus.OK, "application/json", answer))
            .orElseGet(() -> empty(HttpResponseStatus.ACCEPTED));
    response.headers().set(SESSION, session);
    return response;
  }

  private static FullHttpResponse unauthorised(String message) {
    FullHttpResponse response = text(HttpResponseStatus.UNAUTHORIZED, message);
    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Costlake\"");
    return response;
  }

  private static FullHttpResponse text(HttpResponseStatus status, String message) {
    return of(status, "text/plain; charset=utf-8", message + "\n");
  }

  private static FullHttpResponse of(HttpResponseStatus status, String type, String body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    return response;
  }

  private static FullHttpResponse empty(HttpResponseStatus status) {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a connection
  private static void close(ChannelHandlerContext context) {
    context.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      close(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("A connection failed", cause);
    close(context);
  }
}
