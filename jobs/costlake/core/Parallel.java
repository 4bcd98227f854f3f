package costlake.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Runs independent tasks in parallel, as many at a time as there are processors. */
public final class Parallel {
  private Parallel() {}

  /**
   * Runs tasks and returns their results in the order of the tasks. If a task fails, starts no
   * further task and waits for the running tasks, because an interrupted task could leave
   * incomplete results.
   *
   * @param what what the tasks do, for messages, e.g. {@code copy to /lake/bronze}
   * @throws Failure the failure of the first task that failed; if the task threw another exception,
   *     a {@code Failure} with exit code 4
   */
  public static <T> List<T> all(String what, List<Callable<T>> work) {
    int threads = Math.min(work.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
    AtomicReference<Throwable> failed = new AtomicReference<>();
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> one : pool.invokeAll(unlessFailed(work, failed))) {
        results.add(one.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.internal(e, "Interrupted before it could %s", what);
    } catch (ExecutionException e) {
      throw failed.get() instanceof Failure failure
          ? failure
          : Failure.internal(failed.get(), "Cannot %s: %s", what, failed.get());
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
    return results;
  }

  /** Runs named tasks and returns their results by name, in the order of the tasks. */
  public static <K, T> Map<K, T> all(String what, Map<K, Callable<T>> work) {
    Iterator<T> results = all(what, List.copyOf(work.values())).iterator();
    Map<K, T> named = new LinkedHashMap<>();
    work.keySet().forEach(name -> named.put(name, results.next()));
    return named;
  }

  private static <T> List<Callable<T>> unlessFailed(
      List<Callable<T>> work, AtomicReference<Throwable> failed) {
    List<Callable<T>> pieces = new ArrayList<>();
    for (Callable<T> piece : work) {
      pieces.add(
          () -> {
            if (failed.get() != null) {
              return null;
            }
            try {
              return piece.call();
            } catch (Throwable e) {
              failed.compareAndSet(null, e);
              throw e;
            }
          });
    }
    return pieces;
  }

  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
