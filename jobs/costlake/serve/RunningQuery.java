package costlake.serve;

import costlake.config.ServeConfig;
import costlake.core.Failure;
import costlake.core.Message;
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
 * A request that waits or runs. Its clock starts when it is submitted. The worker, the clock, its
 * user or its client ends it; the first of them decides the outcome. A request that has ended must
 * leave its worker within moments, or the worker is killed.
 */
final class RunningQuery {
  /** Outcome of a request that was answered. */
  static final CallStatus DONE = CallStatus.UNKNOWN.withDescription("answered");

  private static final Logger LOG = LoggerFactory.getLogger(RunningQuery.class);
  private static final int WORKERS_ASKED_MAX = 2;
  private static final long GRACE_MS = 2_000;
  private static final long LOOK_EVERY_MS = 100;

  /** Takes the messages of an answer, one after the other. */
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
  private Consumer<CallStatus> told = status -> {};
  private volatile @Nullable CallStatus ended;

  RunningQuery(
      Request request,
      ServeConfig limits,
      Workers workers,
      FairQueue queue,
      ScheduledExecutorService clock,
      Duration time,
      BooleanSupplier gone) {
    this.request = request;
    this.limits = limits;
    this.workers = workers;
    this.queue = queue;
    this.clock = clock;
    this.alarm = clock.schedule(this::overtime, time.toMillis(), TimeUnit.MILLISECONDS);
    this.watch =
        clock.scheduleWithFixedDelay(
            () -> leaveWhen(gone), LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Time since it was submitted. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - submitted_ns);
  }

  /** Cancels it; false when it has ended already. */
  boolean cancel() {
    return end(CallStatus.CANCELLED.withDescription("Cancelled by its user"));
  }

  boolean hasEnded() {
    return ended != null;
  }

  private void leaveWhen(BooleanSupplier gone) {
    if (gone.getAsBoolean()) {
      end(CallStatus.CANCELLED.withDescription("The client disconnected"));
    }
  }

  private synchronized void overtime() {
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
   * Waits for its turn and passes on the answer of a worker.
   *
   * @param outcome receives the outcome once, when the request ends: {@link #DONE} or why there is
   *     no answer
   * @return the same, once its worker is free again
   */
  CallStatus run(MessageSink sink, Consumer<CallStatus> outcome) {
    tell(outcome);
    try {
      if (queue.take(request.user(), this::hasEnded)) {
        atWork(sink);
      }
    } catch (FlightRuntimeException e) {
      end(e.status());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(CallStatus.UNAVAILABLE.withDescription("Cancelled: the server stops"));
    } finally {
      alarm.cancel(false);
      watch.cancel(false);
    }
    return Objects.requireNonNull(ended);
  }

  private synchronized void tell(Consumer<CallStatus> outcome) {
    told = outcome;
    if (ended != null) {
      tell();
    }
  }

  /** A client that is gone gets no message. */
  private void tell() {
    try {
      told.accept(ended);
    } catch (RuntimeException e) {
      LOG.debug("Cannot tell a client how its query ended", e);
    }
  }

  private void atWork(MessageSink sink) throws InterruptedException {
    try {
      boolean answered = false;
      for (int asked = 0; !answered && asked < WORKERS_ASKED_MAX; asked++) {
        answered = isAnswered(sink);
      }
      if (!answered) {
        end(CallStatus.INTERNAL.withDescription(ClientErrors.INSIDE));
      }
    } catch (Failure e) { // speaks to the operator, and Workers has logged it
      end(CallStatus.UNAVAILABLE.withDescription(ClientErrors.NO_WORKER));
    } finally {
      queue.end(request.user());
    }
  }

  /** False if its worker ended before it got the request, so that another may get it. */
  private boolean isAnswered(MessageSink sink) throws InterruptedException {
    Optional<WorkerProcess> mine = workers.take(this::hasEnded);
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
      workers.give(mine);
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
      mine.cancel(); // it ended before the worker knew what to cancel
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

  /** Sends something to the client, unless the client already has the outcome. */
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
    kill = clock.schedule(() -> killWhenStill(mine), GRACE_MS, TimeUnit.MILLISECONDS);
    if (how != DONE) {
      mine.cancel();
    }
  }

  private synchronized void killWhenStill(WorkerProcess mine) {
    if (worker == mine) {
      mine.kill();
    }
  }
}
