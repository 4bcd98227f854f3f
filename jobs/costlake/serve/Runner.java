package costlake.serve;

import costlake.config.ServeConfig;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.SparkContext;

/** Runs queries, so many at a time, each within its limits. */
final class Runner implements AutoCloseable {
  private final SparkContext engine;
  private final Cancellations cancellations;
  private final ServeConfig limits;
  private final BufferAllocator allocator;
  private final ExecutorService workers;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "serve-clock"));

  Runner(SparkContext engine, ServeConfig limits, BufferAllocator allocator) {
    this.engine = engine;
    this.cancellations = new Cancellations(engine);
    this.limits = limits;
    this.allocator = allocator;
    this.workers =
        Executors.newFixedThreadPool(limits.queriesMax(), task -> daemon(task, "serve-query"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Answers a query to a client, when its turn comes. */
  RunningQuery start(Query query, ServerStreamListener client) {
    RunningQuery running =
        new RunningQuery(engine, cancellations, limits, allocator, clock, query, client);
    client.setOnCancelHandler(() -> running.end("the client went away", null));
    workers.execute(running);
    return running;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    clock.shutdownNow();
    cancellations.close();
  }
}
