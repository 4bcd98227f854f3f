package costlake.serve;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Records the address of each caller, because Flight does not pass it to the authenticator. */
final class ClientAddresses {
  private static final Context.Key<Call> CALL = Context.key("costlake-call");
  private static final String UNKNOWN = "an unknown address";

  private ClientAddresses() {}

  /** Makes the server record the address of every call. */
  static void watch(NettyServerBuilder server) {
    server.addStreamTracerFactory(
        new ServerStreamTracer.Factory() {
          @Override
          public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            return new Call();
          }
        });
  }

  /** Returns the address that the current call comes from. */
  static String current() {
    Call call = CALL.get();
    return call == null ? UNKNOWN : call.from;
  }

  /** A call with the address of its caller, stored in the context of gRPC. */
  private static final class Call extends ServerStreamTracer {
    private volatile String from = UNKNOWN;

    @Override
    public Context filterContext(Context context) {
      return context.withValue(CALL, this);
    }

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
      SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      if (address instanceof InetSocketAddress internet && internet.getAddress() != null) {
        from = internet.getAddress().getHostAddress();
      }
    }
  }
}
