package costlake.land;

import costlake.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work on several files at a time, as many as there are processors. */
final class Parallel {
  private Parallel() {}

  /**
   * The results in the order of the work.
   *
   * @param what is done, for messages: {@code copy to /lake/bronze}
   * @throws Failure the first that a piece of work ends with
   */
  static <T> List<T> all(String what, List<Callable<T>> work) {
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
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw Failure.internal("Cannot " + what + ": " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
