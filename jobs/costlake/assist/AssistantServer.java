package costlake.assist;

import costlake.config.Config;
import costlake.config.ServeConfig;
import costlake.core.Failure;
import costlake.serve.GuardedQueries;
import costlake.serve.NetworkAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server for assistants on an address and port, with the users and limits of the SQL endpoint.
 */
public final class AssistantServer implements AutoCloseable {
  private static final int IDLE_MAX_S = 60;
  private static final int STOP_WITHIN_S = 5;

  /** Room in a message for what is not the text of the query. */
  private static final int MESSAGE_BYTES_BESIDE_QUERY = 64 << 10;

  /** Bytes of a character in JSON, at most. */
  private static final int CHARACTER_BYTES_MAX = 6;

  private final ServeConfig serve;
  private final GuardedQueries queries;
  private final Messages messages = new Messages();
  private final ExecutorService calls = Executors.newCachedThreadPool(AssistantServer::daemon);
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private @Nullable Channel listening;

  private AssistantServer(ServeConfig serve, GuardedQueries queries, Explanations explanations) {
    this.serve = serve;
    this.queries = queries;
    ToolServer.offer(Tools.all(explanations), messages);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "assistant-call");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts the server and its first worker.
   *
   * @param explanations explains figures to users who may see them
   * @throws Failure with exit code 2 if the users or the lake cannot be read, the address is in
   *     use, or passwords would be sent over a network without TLS
   */
  public static AssistantServer start(Config config, Explanations explanations)
      throws InterruptedException {
    ServeConfig serve = config.serve();
    NetworkAddress.refuseWithoutTls(serve);
    AssistantServer server = new AssistantServer(serve, GuardedQueries.start(config), explanations);
    try {
      server.listen();
      return server;
    } catch (IOException e) {
      server.close();
      throw NetworkAddress.cannotListen(e, serve.host(), serve.mcpPort());
    } catch (Failure e) {
      server.close();
      throw e;
    }
  }

  private void listen() throws IOException, InterruptedException {
    SslContext tls = tls();
    SignedIn signedIn = new SignedIn(queries);
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    connect(channel.pipeline(), channel, tls, signedIn);
                  }
                })
            .bind(serve.host(), serve.mcpPort())
            .await();
    if (!bound.isSuccess()) {
      throw new IOException(Objects.requireNonNull(bound.cause()).getMessage(), bound.cause());
    }
    listening = bound.channel();
  }

  private @Nullable SslContext tls() throws IOException {
    if (serve.tlsCertificate() == null) {
      return null;
    }
    File certificate = NetworkAddress.pem(serve.tlsCertificate());
    File key = NetworkAddress.pem(Objects.requireNonNull(serve.tlsKey()));
    try {
      return SslContextBuilder.forServer(certificate, key).build();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void connect(
      ChannelPipeline pipeline, Channel channel, @Nullable SslContext tls, SignedIn signedIn) {
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    pipeline.addLast(
        new IdleStateHandler(0, 0, serve.queryMaxS() + IDLE_MAX_S),
        new HttpServerCodec(),
        new HttpObjectAggregator(
            (serve.queryTextMaxKib() << 10) * CHARACTER_BYTES_MAX + MESSAGE_BYTES_BESIDE_QUERY),
        new HttpRequests(signedIn, messages, calls));
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return ((InetSocketAddress) Objects.requireNonNull(listening).localAddress()).getPort();
  }

  /** Waits until the server is stopped. */
  public void await() throws InterruptedException {
    Objects.requireNonNull(listening).closeFuture().await();
  }

  @Override
  public void close() {
    messages.close();
    loops.shutdownGracefully(0, STOP_WITHIN_S, TimeUnit.SECONDS).awaitUninterruptibly();
    calls.shutdownNow();
    queries.close();
  }
}
