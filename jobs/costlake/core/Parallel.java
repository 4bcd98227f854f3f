package costlake.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Independent pieces of work, as many at a time as there are processors. */
public final class Parallel {
  private Parallel() {}

  /**
   * The results in the order of the work. When one piece fails, those that run are interrupted and
   * those that have not begun are left out; nothing runs any longer when this returns or throws.
   *
   * @param what is done, for messages: {@code copy to /lake/bronze}
   * @throws RuntimeException that the first piece ends with which fails, as it was thrown; a
   *     checked exception becomes a {@link Failure} of the internal family
   */
  public static <T> List<T> all(String what, List<Callable<T>> work) {
    int threads = Math.min(work.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> one : work.stream().map(pool::submit).toList()) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.internal("Interrupted when it should " + what, e);
    } catch (ExecutionException e) {
      throw unchecked(what, e.getCause());
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  private static RuntimeException unchecked(String what, Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException as
        ? as
        : Failure.internal("Cannot " + what + ": " + thrown, thrown);
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
