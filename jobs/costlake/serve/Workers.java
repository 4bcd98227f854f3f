package costlake.serve;

import costlake.config.Config;
import costlake.core.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker processes, one for each running query. If the limit allows it, one more worker is kept
 * ready, because the start of a worker takes seconds. Workers start in separate threads, so that a
 * start continues when the query that waits for it ends.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /**
   * Time limit of a start. A start takes seconds, or up to a minute on a busy machine with a
   * distant catalog.
   */
  private static final Duration START_WITHIN = Duration.ofMinutes(3);

  private final Supplier<WorkerProcess> starter;
  private final int max;
  private final Duration startWithin;
  private final ExecutorService starters = Executors.newCachedThreadPool(QueryRunner::daemon);
  private final Deque<WorkerProcess> ready = new ArrayDeque<>();
  private final Set<WorkerProcess> starting = new HashSet<>();
  private final Set<WorkerProcess> busy = new HashSet<>();
  private int wanted;

  /** Users whose last query cost a worker. They leave the last ready worker to others. */
  private final Set<String> owing = new HashSet<>();

  /**
   * Why the last worker did not start. The next call of {@link #take} or {@link #give} tries again.
   */
  private @Nullable Failure failure;

  private boolean closed;

  /**
   * Creates a pool without workers.
   *
   * @param starter starts a worker; throws a {@link Failure} if it cannot
   * @param max maximum number of workers at the same time
   * @param startWithin time limit of a start; a worker that exceeds it is killed
   */
  Workers(Supplier<WorkerProcess> starter, int max, Duration startWithin) {
    this.starter = starter;
    this.max = max;
    this.startWithin = startWithin;
  }

  /**
   * Creates a pool and waits for its first worker.
   *
   * @throws Failure with exit code 2 if the worker cannot read the lake
   */
  static Workers start(Config config) throws InterruptedException {
    QueryWorker.Setup setup = QueryWorker.Setup.of(config);
    int heapMib = config.serve().workerHeapMib();
    Workers workers =
        new Workers(
            () -> WorkerProcess.start(QueryWorker.class, setup, heapMib),
            config.serve().queriesMax(),
            START_WITHIN);
    try {
      workers.take("", () -> false).ifPresent(worker -> workers.give("", worker));
      return workers;
    } catch (Failure | InterruptedException e) {
      workers.close();
      throw e;
    }
  }

  /**
   * Waits for a free worker. The caller must return the worker with {@link #give}.
   *
   * @param user whose query it is
   * @param ended returns whether the query has ended; an ended query needs no worker
   * @return empty if the query has ended
   * @throws Failure when no worker can be started and no worker is busy
   */
  synchronized Optional<WorkerProcess> take(String user, BooleanSupplier ended)
      throws InterruptedException {
    wanted++;
    failure = null;
    try {
      startMissing();
      while (!isReadyFor(user) && !isUnavailable() && !ended.getAsBoolean()) {
        wait();
        startMissing();
      }
      return isReadyFor(user) ? Optional.of(taken(ready.pollFirst())) : none(ended);
    } finally {
      wanted--;
      startMissing();
    }
  }

  /**
   * Whether a worker is ready for a user. A user who owes one gets it only if another stays ready,
   * or if no other user can have a turn meanwhile.
   */
  private boolean isReadyFor(String user) {
    boolean leavesOne = owing.contains(user) && failure == null && busy.size() + 1 < max;
    return ready.size() > (leavesOne ? 1 : 0);
  }

  private boolean isUnavailable() {
    return failure != null && busy.isEmpty() && starting.isEmpty();
  }

  private Optional<WorkerProcess> none(BooleanSupplier ended) {
    if (!ended.getAsBoolean()) {
      throw Objects.requireNonNull(failure);
    }
    return Optional.empty();
  }

  private WorkerProcess taken(WorkerProcess worker) {
    busy.add(worker);
    return worker;
  }

  /**
   * Puts the worker of a user back into the pool. Replaces a worker that has ended, or whose answer
   * was not read completely; the user then leaves the last ready worker to others, until a query of
   * theirs ends without that.
   */
  synchronized void give(String user, WorkerProcess worker) {
    busy.remove(worker);
    failure = null;
    if (worker.isFree() && !closed) {
      ready.addFirst(worker);
      owing.remove(user);
    } else {
      worker.kill();
      owing.add(user);
    }
    startMissing();
    notifyAll();
  }

  /** Makes waiting queries check whether they have ended. */
  synchronized void wake() {
    notifyAll();
  }

  private void startMissing() {
    ready.removeIf(worker -> !worker.isFree());
    int spare = owing.isEmpty() ? 0 : 1;
    int target = Math.min(max, busy.size() + Math.max(1, wanted + spare));
    while (!closed && failure == null && busy.size() + ready.size() + starting.size() < target) {
      startOne();
    }
  }

  private void startOne() {
    try {
      WorkerProcess worker = starter.get();
      starting.add(worker);
      starters.execute(() -> awaitReady(worker));
      CompletableFuture.delayedExecutor(startWithin.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> killWhenStarting(worker));
    } catch (Failure e) {
      LOG.error("Cannot start a process that answers queries", e);
      failure = e;
      notifyAll();
    }
  }

  private synchronized void killWhenStarting(WorkerProcess worker) {
    if (starting.contains(worker)) {
      LOG.error("A process that answers queries is killed: it was not ready after {}", startWithin);
      worker.kill();
    }
  }

  private void awaitReady(WorkerProcess worker) {
    try {
      worker.awaitReady();
      started(worker, null);
    } catch (Failure e) {
      LOG.error("A process that answers queries cannot read the lake", e);
      started(worker, e);
    } catch (IOException | RuntimeException e) {
      LOG.error("A process that answers queries ended while it started", e);
      started(worker, Failure.internal(e, "Cannot start a process that answers queries"));
    }
  }

  private synchronized void started(WorkerProcess worker, @Nullable Failure reason) {
    starting.remove(worker);
    failure = reason;
    if (reason == null && !closed) {
      ready.addLast(worker);
    } else {
      worker.kill();
    }
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    Stream.of(ready, starting, busy)
        .flatMap(java.util.Collection::stream)
        .forEach(WorkerProcess::kill);
    starters.shutdownNow();
  }
}
