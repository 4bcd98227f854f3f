package costlake.serve;

import costlake.config.ServeConfig;
import costlake.core.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Objects;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.jspecify.annotations.Nullable;

/** Sends the rows of a query to its client, as fast as the client reads them. */
final class RowsToClient implements AutoCloseable {
  private static final long READY_POLL_MS = 2;

  private final RunningQuery query;
  private final ServeConfig limits;
  private final BufferAllocator allocator;
  private final ServerStreamListener client;
  private @Nullable VectorSchemaRoot root;
  private @Nullable VectorLoader loader;
  private long rows;

  RowsToClient(
      RunningQuery query,
      ServeConfig limits,
      BufferAllocator allocator,
      ServerStreamListener client) {
    this.query = query;
    this.limits = limits;
    this.allocator = allocator;
    this.client = client;
  }

  void run() {
    query.run(this::pass, this::finish);
  }

  private void finish(CallStatus outcome) {
    if (outcome == RunningQuery.DONE) {
      client.completed();
    } else {
      client.error(outcome.toRuntimeException());
    }
  }

  private void pass(WorkerMessage message) throws IOException, InterruptedException {
    if (message.kind() == WorkerMessage.Kind.SCHEMA) {
      root =
          VectorSchemaRoot.create(new QueryDescription(message, Duration.ZERO).schema(), allocator);
      loader = new VectorLoader(root);
      query.send(() -> client.start(root));
    } else {
      load(message);
      awaitClient();
      query.send(client::putNext);
    }
  }

  private void load(WorkerMessage message) throws IOException {
    byte[] bytes = message.payload();
    if (bytes.length == 0) {
      throw Failure.operator(
          """
          Cancelled: a part of the answer exceeds %d MiB (serve.query_max_mib). Select fewer
          columns or rows
          """,
          limits.queryMaxMib());
    }
    try (ReadChannel channel =
            new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes)));
        ArrowRecordBatch batch = MessageSerializer.deserializeRecordBatch(channel, allocator)) {
      rows += batch.getLength();
      refuseTooManyRows();
      Objects.requireNonNull(loader).load(batch);
    }
  }

  private void refuseTooManyRows() {
    if (rows > limits.queryMaxRows()) {
      throw Failure.operator(
          """
          Cancelled: the answer has more than %d rows (serve.query_max_rows). Add a limit or a
          filter, or aggregate
          """,
          limits.queryMaxRows());
    }
  }

  private void awaitClient() throws InterruptedException {
    while (!client.isReady() && !client.isCancelled() && !query.hasEnded()) {
      Thread.sleep(READY_POLL_MS);
    }
  }

  @Override
  public void close() {
    if (root != null) {
      root.close();
    }
  }
}
