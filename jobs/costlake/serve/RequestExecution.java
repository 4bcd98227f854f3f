package costlake.serve;

import com.codahale.metrics.Gauge;
import costlake.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.catalyst.CurrentUserContext;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes one request in a worker. The request is finished when none of its tasks runs any more.
 */
final class RequestExecution implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RequestExecution.class);
  private static final long POLL_MS = 10;

  private final String id = UUID.randomUUID().toString();
  private final SessionCache sessions;
  private final Request request;
  private final DataOutputStream out;
  private @Nullable Thread thread;
  private boolean cancelled;

  RequestExecution(SessionCache sessions, Request request, DataOutputStream out) {
    this.sessions = sessions;
    this.request = request;
    this.out = out;
  }

  @Override
  public void run() {
    SparkContext engine = sessions.engine();
    try (Cancellations cancellations = new Cancellations(engine)) {
      WorkerMessage last = answer(engine, cancellations);
      last.write(out);
      awaitTasks();
      WorkerMessage.of(WorkerMessage.Kind.IDLE).write(out);
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(1); // the server has ended
    }
  }

  private WorkerMessage answer(SparkContext engine, Cancellations cancellations) {
    try {
      begin();
      engine.setJobGroup(id, "serve sql", true);
      CurrentUserContext.CURRENT_USER().set(request.user());
      send(scoped());
      return WorkerMessage.of(WorkerMessage.Kind.END);
    } catch (Throwable e) {
      cancellations.cancel(id, "failed");
      return WorkerMessage.failed(ClientErrors.of(e));
    } finally {
      CurrentUserContext.CURRENT_USER().remove();
      engine.clearJobGroup();
      finish();
    }
  }

  /**
   * Opens the session of the user. Logs a failure to read the lake and hides it from the user,
   * because its message names files.
   */
  private ScopedSession scoped() {
    try {
      return sessions.of(request.scope());
    } catch (Failure e) {
      LOG.error("Cannot read the lake", e);
      throw Failure.operator(e, "%s", ClientErrors.INSIDE);
    }
  }

  private void send(ScopedSession scoped) throws IOException {
    switch (request.kind()) {
      case TABLES -> new WorkerMessage(WorkerMessage.Kind.TABLES, tables(scoped)).write(out);
      case PREPARE -> prepare(scoped);
      case DESCRIBE -> describe(query(scoped), 0);
      case ROWS -> rows(query(scoped));
    }
  }

  private static byte[] tables(ScopedSession scoped) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream tables = new DataOutputStream(bytes);
    tables.writeInt(scoped.tables().size());
    for (var table : scoped.tables().entrySet()) {
      tables.writeUTF(table.getKey());
      byte[] columns =
          table.getValue().schema().json().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      tables.writeInt(columns.length);
      tables.write(columns);
    }
    return bytes.toByteArray();
  }

  private void prepare(ScopedSession scoped) throws IOException {
    int parameters = QueryGate.parameters(scoped.session(), request.sql());
    List<Literal> unknown = Collections.nCopies(parameters, Parameters.literal(null));
    describe(Query.of(scoped, request.sql(), unknown), parameters);
  }

  private Query query(ScopedSession scoped) {
    return Query.of(
        scoped, request.sql(), request.arguments().stream().map(Parameters::literal).toList());
  }

  private void describe(Query query, int parameters) throws IOException {
    WorkerMessage.schema(parameters, Endpoint.schemaBytes(query.schema())).write(out);
  }

  private void rows(Query query) throws IOException {
    describe(query, 0);
    Iterator<byte[]> batches = query.batches(request.rowsMax(), request.mibMax());
    while (batches.hasNext()) {
      new WorkerMessage(WorkerMessage.Kind.BATCH, batches.next()).write(out);
    }
  }

  /** Cancels the request. If it has begun, interrupts its thread. */
  synchronized void cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private synchronized void begin() {
    if (cancelled) {
      throw Failure.operator("Cancelled");
    }
    thread = Thread.currentThread();
  }

  private synchronized void finish() {
    thread = null;
    Thread.interrupted();
  }

  /**
   * Waits until no task runs. A task that ignores its cancellation keeps running and occupies a
   * core, although Spark no longer counts it as running.
   */
  private static void awaitTasks() throws InterruptedException {
    Gauge<?> busyThreads = busyThreads();
    while (((Number) busyThreads.getValue()).intValue() > 0) {
      Thread.sleep(POLL_MS);
    }
  }

  private static Gauge<?> busyThreads() {
    return Objects.requireNonNull(
        SparkEnv.get()
            .metricsSystem()
            .getSourcesByName("executor")
            .head()
            .metricRegistry()
            .getGauges()
            .get("threadpool.activeTasks"));
  }
}
