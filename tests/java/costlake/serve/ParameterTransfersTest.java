package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import costlake.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightClient.ClientStreamListener;
import org.apache.arrow.flight.FlightClient.PutListener;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits for clients that send parameters slowly, or many at once. */
@Timeout(120)
class ParameterTransfersTest {
  @TempDir Path conf;

  private final BlockingQueue<FlightStatusCode> refusals = new LinkedBlockingQueue<>();
  private final BufferAllocator allocator = new RootAllocator();
  private SqlServer server;
  private FlightClient client;
  private CredentialCallOption token;

  private void serve(Duration within) throws IOException {
    Files.writeString(conf.resolve("owners.yml"), Served.OWNERS);
    Users.put(conf.resolve("users"), "ines", Served.PASSWORD);
    Config config = Config.load(conf, null, Map.of("serve.port", "0"));
    server =
        SqlServer.start(
            config.serve(),
            new Authenticator(Users.of(conf.resolve("users")), config.owners()),
            new Workers(ScriptedWorker.starting(), 1, Duration.ofSeconds(30)),
            new ParameterTransfers(within, 1));
    client =
        FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", server.port()))
            .build();
    token = client.authenticateBasicToken("ines", Served.PASSWORD).orElseThrow();
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    server.close();
    allocator.close();
  }

  private FlightDescriptor prepared() throws InvalidProtocolBufferException {
    Any request =
        Any.pack(ActionCreatePreparedStatementRequest.newBuilder().setQuery("select ?").build());
    byte[] answer =
        client
            .doAction(new Action("CreatePreparedStatement", request.toByteArray()), token)
            .next()
            .getBody();
    ByteString handle =
        Any.parseFrom(answer)
            .unpack(ActionCreatePreparedStatementResult.class)
            .getPreparedStatementHandle();
    return FlightDescriptor.command(
        Any.pack(
                CommandPreparedStatementQuery.newBuilder()
                    .setPreparedStatementHandle(handle)
                    .build())
            .toByteArray());
  }

  /** Records the refusals that a client gets. */
  private final class Told implements PutListener {
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void getResult() {
      end.join();
    }

    @Override
    public void onNext(PutResult result) {
      result.close();
    }

    @Override
    public void onError(Throwable refused) {
      refusals.add(((FlightRuntimeException) refused).status().code());
      end.completeExceptionally(refused);
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  private ClientStreamListener send(FlightDescriptor statement, VectorSchemaRoot values) {
    return client.startPut(statement, values, new Told(), token);
  }

  private ClientStreamListener sendAndComplete(
      FlightDescriptor statement, VectorSchemaRoot values) {
    values.setRowCount(1);
    ClientStreamListener whole = send(statement, values);
    whole.putNext();
    whole.completed();
    return whole;
  }

  @Test
  void limitsTheTransfersOfAUserAndTheirTime() throws Exception {
    serve(Duration.ofSeconds(5));
    FlightDescriptor statement = prepared();
    try (VectorSchemaRoot values = VectorSchemaRoot.create(Parameters.schema(1), allocator)) {
      values.allocateNew();
      for (int i = 0; i < ParameterTransfers.PER_USER_MAX + 2; i++) {
        send(statement, values);
      }
      assertThat(refusals.take())
          .as("one more than the transfers that may run and wait")
          .isEqualTo(CallStatus.RESOURCE_EXHAUSTED.code());
      for (int i = 0; i < ParameterTransfers.PER_USER_MAX + 1; i++) {
        assertThat(refusals.take()).as("too slow").isEqualTo(CallStatus.TIMED_OUT.code());
      }
      sendAndComplete(statement, values).getResult();
      assertThat(refusals).as("there is capacity again").isEmpty();
    }
  }

  @Test
  void aTransferOverTheLimitWaitsForItsTurn() throws Exception {
    serve(Duration.ofSeconds(60));
    FlightDescriptor statement = prepared();
    try (VectorSchemaRoot values = VectorSchemaRoot.create(Parameters.schema(1), allocator)) {
      values.allocateNew();
      for (int i = 0; i < ParameterTransfers.PER_USER_MAX - 1; i++) {
        send(statement, values);
      }
      ClientStreamListener eighth = send(statement, values);
      ClientStreamListener ninth = sendAndComplete(statement, values);
      values.setRowCount(1);
      eighth.putNext();
      eighth.completed();
      ninth.getResult();
      assertThat(refusals).isEmpty();
    }
  }
}
