package costlake.serve;

import costlake.config.ServeConfig;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.core.PlainText;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that waits or runs. Its time limit starts when the request is submitted. The request
 * ends when the worker has answered, when the time is over, when the user cancels the request, or
 * when the client disconnects. The first of these events decides the outcome. If the worker is
 * still busy two seconds later, the server kills the worker.
 */
final class RunningQuery {
  /** Outcome of a request that was answered. */
  static final CallStatus DONE = CallStatus.UNKNOWN.withDescription("answered");

  /** Outcome of a request of whose answer the client needs no more. */
  static final CallStatus ENOUGH = CallStatus.CANCELLED.withDescription("answered in part");

  private static final Logger LOG = LoggerFactory.getLogger(RunningQuery.class);
  private static final int LOGGED_CHARACTERS_MAX = 1000;
  private static final int WORKERS_TRIED_MAX = 2;
  private static final long GRACE_MS = 2_000;
  private static final long POLL_MS = 100;

  /** Receives the messages of an answer in their order. */
  interface MessageSink {
    void accept(WorkerMessage message) throws IOException, InterruptedException;
  }

  private final Request request;
  private final ServeConfig limits;
  private final Workers workers;
  private final FairQueue queue;
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> alarm;
  private final ScheduledFuture<?> watch;
  private final long submitted_ns = System.nanoTime();
  private @Nullable WorkerProcess worker;
  private boolean begun;
  private @Nullable ScheduledFuture<?> kill;
  private Consumer<CallStatus> outcomeListener = status -> {};
  private volatile @Nullable CallStatus ended;

  RunningQuery(
      Request request,
      ServeConfig limits,
      Workers workers,
      FairQueue queue,
      ScheduledExecutorService clock,
      Duration time,
      BooleanSupplier disconnected) {
    this.request = request;
    this.limits = limits;
    this.workers = workers;
    this.queue = queue;
    this.clock = clock;
    this.alarm = clock.schedule(this::endAtTimeLimit, time.toMillis(), TimeUnit.MILLISECONDS);
    this.watch =
        clock.scheduleWithFixedDelay(
            () -> endIfDisconnected(disconnected), POLL_MS, POLL_MS, TimeUnit.MILLISECONDS);
  }

  /** Returns the time since the request was submitted. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - submitted_ns);
  }

  /** Cancels the request. Returns false if it has already ended. */
  boolean cancel() {
    return end(CallStatus.CANCELLED.withDescription("Cancelled by its user"));
  }

  /** Ends the request, because the client needs no more of the answer. */
  void endEarly() {
    end(ENOUGH);
  }

  boolean hasEnded() {
    return ended != null;
  }

  private void endIfDisconnected(BooleanSupplier disconnected) {
    if (disconnected.getAsBoolean()) {
      end(CallStatus.CANCELLED.withDescription("The client disconnected"));
    }
  }

  private synchronized void endAtTimeLimit() {
    end(CallStatus.TIMED_OUT.withDescription(begun ? ranTooLong() : waitedTooLong()));
  }

  private String ranTooLong() {
    return Message.of(
        """
        Cancelled: the query ran longer than %d s (serve.query_max_s). Query fewer months, or
        aggregate
        """,
        limits.queryMaxS());
  }

  private String waitedTooLong() {
    return Message.of(
        """
        Cancelled: the query waited %d s for its turn and did not begin (serve.query_max_s). Try
        again when the server is less busy
        """,
        limits.queryMaxS());
  }

  /**
   * Waits for a turn, sends the request to a worker, and passes on the answer.
   *
   * @param outcome receives the outcome once, when the request ends: {@link #DONE} or the reason
   *     why there is no answer
   * @return the outcome, after the worker was given back
   */
  CallStatus run(MessageSink sink, Consumer<CallStatus> outcome) {
    tell(outcome);
    try {
      if (queue.take(request.user(), this::hasEnded)) {
        runOnWorker(sink);
      }
    } catch (FlightRuntimeException e) {
      end(e.status());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(CallStatus.UNAVAILABLE.withDescription("Cancelled: the server stops"));
    } finally {
      alarm.cancel(false);
      watch.cancel(false);
      record();
    }
    return Objects.requireNonNull(ended);
  }

  /** Writes who read what into the log, and how it ended. */
  private void record() {
    if (request.kind() == Request.Kind.ROWS && ended != null) {
      LOG.info(
          "Query of '{}': {}, {} ms: {}",
          request.user(),
          PlainText.line(String.valueOf(ended.description())),
          elapsed().toMillis(),
          excerpt(PlainText.line(request.sql())));
    }
  }

  private static String excerpt(String sql) {
    return sql.length() <= LOGGED_CHARACTERS_MAX
        ? sql
        : sql.substring(0, LOGGED_CHARACTERS_MAX) + "...";
  }

  private synchronized void tell(Consumer<CallStatus> outcome) {
    outcomeListener = outcome;
    if (ended != null) {
      tell();
    }
  }

  /**
   * Reports the outcome. If the report fails, only logs the failure, because the client may have
   * disconnected.
   */
  private void tell() {
    try {
      outcomeListener.accept(ended);
    } catch (RuntimeException e) {
      LOG.debug("Cannot tell a client how its query ended", e);
    }
  }

  private void runOnWorker(MessageSink sink) throws InterruptedException {
    try {
      boolean answered = false;
      for (int tried = 0; !answered && tried < WORKERS_TRIED_MAX; tried++) {
        answered = isAnswered(sink);
      }
      if (!answered) {
        end(CallStatus.INTERNAL.withDescription(ClientErrors.INSIDE));
      }
    } catch (Failure e) { // its message is for the operator, and Workers has logged it
      end(CallStatus.UNAVAILABLE.withDescription(ClientErrors.NO_WORKER));
    } finally {
      queue.end(request.user());
    }
  }

  /**
   * Returns false if the worker ended before it got the request; another worker may then get it.
   */
  private boolean isAnswered(MessageSink sink) throws InterruptedException {
    Optional<WorkerProcess> mine = workers.take(request.user(), this::hasEnded);
    return mine.isEmpty() || isAnswered(mine.get(), sink);
  }

  private boolean isAnswered(WorkerProcess mine, MessageSink sink) {
    try {
      return !begin(mine) || isReceived(mine, sink);
    } catch (IOException e) {
      if (!hasEnded()) {
        end(CallStatus.RESOURCE_EXHAUSTED.withDescription(mine.exitMessage()));
      }
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot pass on the answer to a query", e);
      end(CallStatus.INTERNAL.withDescription(ClientErrors.INSIDE));
    } finally {
      leave();
      workers.give(request.user(), mine);
    }
    return true;
  }

  private synchronized boolean begin(WorkerProcess mine) {
    worker = ended == null ? mine : null;
    begun |= worker != null;
    return worker != null;
  }

  private synchronized void leave() {
    worker = null;
    if (kill != null) {
      kill.cancel(false);
    }
  }

  private boolean isReceived(WorkerProcess mine, MessageSink sink) throws IOException {
    if (!mine.ask(request)) {
      return false;
    }
    if (hasEnded()) {
      mine.cancel(); // the request ended before the worker got it
    }
    for (WorkerMessage message = mine.next();
        message.kind() != WorkerMessage.Kind.IDLE;
        message = mine.next()) {
      switch (message.kind()) {
        case END -> end(DONE);
        case FAILED -> end(CallStatus.INVALID_ARGUMENT.withDescription(message.text()));
        default -> pass(message, sink);
      }
    }
    return true;
  }

  private void pass(WorkerMessage message, MessageSink sink) throws IOException {
    try {
      if (!hasEnded()) {
        sink.accept(message);
      }
    } catch (Failure e) {
      end(CallStatus.RESOURCE_EXHAUSTED.withDescription(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(CallStatus.UNAVAILABLE.withDescription("Cancelled: the server stops"));
    }
  }

  /** Runs {@code message}, which sends to the client, unless the client already has the outcome. */
  synchronized void send(Runnable message) {
    if (ended == null) {
      message.run();
    }
  }

  private synchronized boolean end(CallStatus how) {
    if (ended != null) {
      return false;
    }
    ended = how;
    if (worker != null) {
      stop(worker, how);
    }
    queue.wake();
    workers.wake();
    tell();
    return true;
  }

  private void stop(WorkerProcess mine, CallStatus how) {
    kill = clock.schedule(() -> killIfBusy(mine), GRACE_MS, TimeUnit.MILLISECONDS);
    if (how != DONE) {
      mine.cancel();
    }
  }

  private synchronized void killIfBusy(WorkerProcess mine) {
    if (worker == mine) {
      mine.kill();
    }
  }
}
