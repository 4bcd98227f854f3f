package costlake.serve;

import costlake.config.Config;
import costlake.config.ServeConfig;
import costlake.core.Failure;
import costlake.lake.Lake;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The Arrow Flight SQL server of a lake. */
public final class SqlServer implements AutoCloseable {
  private static final int STOP_WITHIN_S = 5;

  /**
   * Maximum size of a call of a client, i.e. of a query with its parameters. The text of a query
   * has its own limit.
   */
  private static final int MESSAGE_BYTES_MAX = 8 << 20;

  /** Maximum number of bytes that clients have sent and that the server has not read yet. */
  private static final long UNREAD_BYTES_MAX = 512L << 20;

  private final FlightServer server;
  private final Endpoint endpoint;

  private SqlServer(FlightServer server, Endpoint endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts the server and its first worker.
   *
   * @throws Failure with exit code 2 if the users or the lake cannot be read, the address is in
   *     use, or passwords would be sent over a network without TLS
   */
  public static SqlServer start(Config config) throws InterruptedException {
    ServeConfig serve = config.serve();
    NetworkAddress.refuseWithoutTls(serve);
    Lake.require(config.lake());
    Authenticator authenticator = Authenticator.of(config);
    return start(
        serve,
        authenticator,
        Workers.start(config),
        new ParameterTransfers(ParameterTransfers.TIME_MAX, serve.queriesWaitingPerUserMax()));
  }

  /** Starts the server. Its first worker has already started. */
  static SqlServer start(
      ServeConfig serve,
      Authenticator authenticator,
      Workers workers,
      ParameterTransfers transfers) {
    BufferAllocator allocator = new RootAllocator();
    Endpoint endpoint =
        new Endpoint(
            authenticator,
            new QueryRunner(serve, workers),
            allocator,
            new FlightMetadata(allocator, serve.queryMaxS()),
            transfers);
    BufferAllocator unread = allocator.newChildAllocator("unread", 0, UNREAD_BYTES_MAX);
    FlightServer.Builder builder =
        FlightServer.builder(unread, location(serve), endpoint)
            .headerAuthenticator(authenticator.authenticator())
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .transportHint(
                "grpc.builderConsumer", (Consumer<NettyServerBuilder>) ClientAddresses::watch);
    try {
      if (serve.tlsCertificate() != null) {
        builder.useTls(
            NetworkAddress.pem(serve.tlsCertificate()),
            NetworkAddress.pem(Objects.requireNonNull(serve.tlsKey())));
      }
      return new SqlServer(builder.build().start(), endpoint);
    } catch (Failure e) {
      endpoint.close();
      throw e;
    } catch (IOException e) {
      endpoint.close();
      throw NetworkAddress.cannotListen(e, serve.host(), serve.port());
    }
  }

  private static Location location(ServeConfig serve) {
    return serve.tlsCertificate() == null
        ? Location.forGrpcInsecure(serve.host(), serve.port())
        : Location.forGrpcTls(serve.host(), serve.port());
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return server.getPort();
  }

  /** Waits until the server is stopped. */
  public void await() throws InterruptedException {
    server.awaitTermination();
  }

  @Override
  public void close() {
    try {
      server.shutdown();
      if (!server.awaitTermination(STOP_WITHIN_S, TimeUnit.SECONDS)) {
        server.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      endpoint.close();
    }
  }
}
