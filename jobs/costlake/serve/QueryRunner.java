package costlake.serve;

import costlake.config.ServeConfig;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;

/** Has workers answer the requests of users, each in its turn and within its time. */
final class QueryRunner implements AutoCloseable {
  private final ServeConfig limits;
  private final Workers workers;
  private final FairQueue queue;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, QueryRunner::daemon);

  QueryRunner(ServeConfig limits, Workers workers) {
    this.limits = limits;
    this.workers = workers;
    this.queue =
        new FairQueue(
            limits.queriesMax(), limits.queriesPerUserMax(), limits.queriesWaitingPerUserMax());
    clock.setRemoveOnCancelPolicy(true);
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  ServeConfig limits() {
    return limits;
  }

  /** The longest time of a query, of all that is done for it. */
  Duration time() {
    return Duration.ofSeconds(limits.queryMaxS());
  }

  /**
   * A request that has been submitted; its clock ticks.
   *
   * @param gone whether the client that waits for it went away
   * @param time that is left for it
   */
  RunningQuery submit(
      Request.Kind kind,
      SignedInUser signedIn,
      String sql,
      List<Serializable> arguments,
      Duration time,
      BooleanSupplier gone) {
    Request request =
        new Request(
            kind,
            signedIn.user(),
            signedIn.scope(),
            sql,
            arguments,
            limits.queryMaxRows(),
            limits.queryMaxMib());
    return new RunningQuery(request, limits, workers, queue, clock, time, gone);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    workers.close();
  }
}
