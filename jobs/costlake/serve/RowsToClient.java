package costlake.serve;

import costlake.config.ServeConfig;
import java.io.IOException;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Sends the rows of a query to its client, as fast as the client reads them. */
final class RowsToClient implements AutoCloseable {
  private static final long READY_POLL_MS = 2;

  private final RunningQuery query;
  private final BatchLoader batches;
  private final ServerStreamListener client;

  RowsToClient(
      RunningQuery query,
      ServeConfig limits,
      BufferAllocator allocator,
      ServerStreamListener client) {
    this.query = query;
    this.batches = new BatchLoader(limits, allocator);
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
    VectorSchemaRoot root = batches.load(message);
    if (message.kind() == WorkerMessage.Kind.SCHEMA) {
      query.send(() -> client.start(root));
    } else {
      awaitClient();
      query.send(client::putNext);
    }
  }

  private void awaitClient() throws InterruptedException {
    while (!client.isReady() && !client.isCancelled() && !query.hasEnded()) {
      Thread.sleep(READY_POLL_MS);
    }
  }

  @Override
  public void close() {
    batches.close();
  }
}
