package costlake.cli;

import costlake.assist.Explanations;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.explain.Explain;
import costlake.explain.Explain.Depth;
import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import costlake.lake.Publication;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Explains figures of the last publication, one at a time. Opens a session of Spark with the first
 * explanation, and another one after a night. Its queries are fixed; a user only chooses the id.
 */
final class LakeExplanations implements Explanations, AutoCloseable {
  private final Config config;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread one = new Thread(task, "explanation");
            one.setDaemon(true);
            return one;
          });
  private @Nullable LakeSession session;
  private long sequence;

  LakeExplanations(Config config) {
    this.config = config;
  }

  /** The time limit of a query begins when the session is open, which takes a while at first. */
  @Override
  public ExplanationStep of(String id) {
    Future<LakeSession> opened = thread.submit(this::opened);
    Future<ExplanationStep> explained = thread.submit(() -> explained(id));
    try {
      opened.get();
      return explained.get(config.serve().queryMaxS(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      explained.cancel(true);
      throw Failure.operator(
          e,
          "Cancelled: the explanation took longer than %d s (serve.query_max_s)",
          config.serve().queryMaxS());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure known
          ? known
          : Failure.internal(e, "Failed to explain '%s'; the log of the server has the reason", id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.operator(e, "Cancelled: the server stops");
    }
  }

  private ExplanationStep explained(String id) {
    return Explain.tree(opened().spark(), id, Subject.ANY, Depth.SUMMARY);
  }

  /** Opens the session. Hides why it cannot, because the reason names files. */
  private LakeSession opened() {
    try {
      return current();
    } catch (Failure e) {
      throw Failure.internal(
          e, "Cannot explain: the server cannot read the lake; its log has the reason");
    }
  }

  private LakeSession current() {
    if (session == null || sequence(session) != sequence) {
      close(session);
      session = LakeSession.ofLake(config).withTables(Explain.readsForIds()).withDeliveredRows();
      sequence = sequence(session);
    }
    return session;
  }

  private static long sequence(LakeSession opened) {
    return opened.lake().publication().map(Publication::sequence).orElse(0L);
  }

  private static void close(@Nullable LakeSession opened) {
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    close(session);
  }
}
