package costlake.serve;

import costlake.config.ServeConfig;
import costlake.core.Failure;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.arrow.ArrowConverters$;

/** One query on its way. Whoever ends it first says how. */
final class RunningQuery implements Runnable {
  private static final long READY_POLL_MS = 2;

  private final String id = UUID.randomUUID().toString();
  private final SparkContext engine;
  private final Cancellations cancellations;
  private final ServeConfig limits;
  private final BufferAllocator allocator;
  private final ScheduledExecutorService clock;
  private final Query query;
  private final ServerStreamListener client;
  private Thread worker;
  private boolean ended;

  RunningQuery(
      SparkContext engine,
      Cancellations cancellations,
      ServeConfig limits,
      BufferAllocator allocator,
      ScheduledExecutorService clock,
      Query query,
      ServerStreamListener client) {
    this.engine = engine;
    this.cancellations = cancellations;
    this.limits = limits;
    this.allocator = allocator;
    this.clock = clock;
    this.query = query;
    this.client = client;
  }

  /** Cancels it; false when it has ended already. */
  boolean cancel() {
    return end("cancelled", CallStatus.CANCELLED.withDescription("Cancelled by its user"));
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    ScheduledFuture<?> alarm = clock.schedule(this::overtime, limits.queryMaxS(), TimeUnit.SECONDS);
    engine.setJobGroup(id, "serve sql", true);
    try (BufferAllocator held = allocator.newChildAllocator(id, 0, Long.MAX_VALUE);
        VectorSchemaRoot root = VectorSchemaRoot.create(query.schema(), held)) {
      stream(root, held);
    } catch (Throwable e) {
      end("failed", status(e));
    } finally {
      alarm.cancel(false);
      engine.clearJobGroup();
      finish();
    }
  }

  private synchronized boolean begin() {
    worker = ended ? null : Thread.currentThread();
    return !ended;
  }

  private synchronized void finish() {
    worker = null;
    Thread.interrupted();
  }

  private void overtime() {
    end(
        "longer than its limit",
        CallStatus.TIMED_OUT.withDescription(
            "Cancelled: the query ran longer than %d s (serve.query_max_s). Ask for fewer months, or aggregate"
                .formatted(limits.queryMaxS())));
  }

  private void stream(VectorSchemaRoot root, BufferAllocator held) throws InterruptedException {
    VectorLoader loader = new VectorLoader(root);
    Iterator<byte[]> batches = query.batches(limits);
    if (!send(() -> client.start(root))) {
      return;
    }
    long rows = 0;
    while (batches.hasNext()) {
      byte[] bytes = batches.next();
      if (bytes.length == 0) {
        throw Failure.operator(
            "Cancelled: the answer is larger than %d MiB at a time (serve.query_max_mib). Select fewer columns or rows"
                .formatted(limits.queryMaxMib()));
      }
      try (ArrowRecordBatch batch = ArrowConverters$.MODULE$.loadBatch(bytes, held)) {
        rows += batch.getLength();
        if (rows > limits.queryMaxRows()) {
          throw Failure.operator(
              "Cancelled: the answer has more than %d rows (serve.query_max_rows). Add a limit or a filter, or aggregate"
                  .formatted(limits.queryMaxRows()));
        }
        loader.load(batch);
      }
      awaitClient();
      if (!send(client::putNext)) {
        return;
      }
    }
    completed();
  }

  private void awaitClient() throws InterruptedException {
    while (!client.isReady() && !client.isCancelled()) {
      Thread.sleep(READY_POLL_MS);
    }
  }

  private synchronized boolean send(Runnable message) {
    if (!ended) {
      message.run();
    }
    return !ended;
  }

  private synchronized void completed() {
    if (!ended) {
      ended = true;
      client.completed();
    }
  }

  /** Ends it: stops its work, and tells the client when there is something to tell. */
  synchronized boolean end(String reason, CallStatus told) {
    if (ended) {
      return false;
    }
    ended = true;
    cancellations.cancel(id, reason);
    if (worker != null && worker != Thread.currentThread()) {
      worker.interrupt();
    }
    if (told != null) {
      client.error(told.toRuntimeException());
    }
    return true;
  }

  private static CallStatus status(Throwable e) {
    return (e instanceof Failure ? CallStatus.RESOURCE_EXHAUSTED : CallStatus.INVALID_ARGUMENT)
        .withDescription(Messages.of(e));
  }
}
