package costlake.serve;

import costlake.config.ServeConfig;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;

/** Runs the requests of users on workers, each in its turn and within its time limit. */
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

  /**
   * Returns the time limit of a query. It covers describing the query, waiting for a turn and
   * running the query.
   */
  Duration time() {
    return Duration.ofSeconds(limits.queryMaxS());
  }

  /**
   * Submits a request; its time limit starts now.
   *
   * @param time time limit of the request
   * @param disconnected returns whether the client that waits for the answer has disconnected
   * @throws FlightRuntimeException when the text is too long
   */
  RunningQuery submit(
      Request.Kind kind,
      SignedInUser signedIn,
      String sql,
      List<Serializable> arguments,
      Duration time,
      BooleanSupplier disconnected) {
    refuseLongText(sql);
    Request request =
        new Request(
            kind,
            signedIn.user(),
            signedIn.scope(),
            sql,
            arguments,
            limits.queryMaxRows(),
            limits.queryMaxMib());
    return new RunningQuery(request, limits, workers, queue, clock, time, disconnected);
  }

  private void refuseLongText(String sql) {
    int max = limits.queryTextMaxKib();
    if (sql.length() > max << 10) {
      throw CallStatus.INVALID_ARGUMENT
          .withDescription(
              "Cannot run a query of %d KiB: the limit is %d KiB (serve.query_text_max_kib)"
                  .formatted(sql.length() >> 10, max))
          .toRuntimeException();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    workers.close();
  }
}
