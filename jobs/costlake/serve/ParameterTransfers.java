package costlake.serve;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallStatus;

/**
 * Reads the values that clients send for the {@code ?} of their queries. Each transfer takes a
 * thread and memory, so the transfers of a user that run at once, those that wait, and the time of
 * each are limited.
 */
final class ParameterTransfers {
  /**
   * Values are a few kilobytes; a slow connection needs a while for the largest call that is
   * allowed.
   */
  static final Duration WITHIN = Duration.ofSeconds(30);

  static final int PER_USER_MAX = 8;
  private static final int MAX = 200;

  private final Duration within;
  private final FairQueue queue;

  /**
   * Creates the reader; no values are read yet.
   *
   * @param within the time of each, waiting included
   * @param waitingPerUser how many of one user may wait
   */
  ParameterTransfers(Duration within, int waitingPerUser) {
    this.within = within;
    this.queue = new FairQueue(MAX, PER_USER_MAX, waitingPerUser);
  }

  /**
   * Reads in its turn, in this thread.
   *
   * @throws org.apache.arrow.flight.FlightRuntimeException when too many of the user wait, or it
   *     takes too long
   */
  void read(String user, Runnable reading) {
    Deadline deadline = new Deadline(Thread.currentThread());
    CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS)
        .execute(deadline::pass);
    try {
      inTurn(user, reading);
    } catch (InterruptedException e) {
      throw tooSlow();
    } catch (RuntimeException e) {
      throw deadline.isOver() ? tooSlow() : e;
    } finally {
      deadline.leave();
    }
  }

  private void inTurn(String user, Runnable reading) throws InterruptedException {
    queue.take(user, () -> false);
    try {
      reading.run();
    } finally {
      queue.end(user);
    }
  }

  private RuntimeException tooSlow() {
    return CallStatus.TIMED_OUT
        .withDescription(
            "Cannot read the parameters: they did not arrive within " + within.toSeconds() + " s")
        .toRuntimeException();
  }

  /** Interrupts a thread once its time is over, unless it has left. */
  private static final class Deadline {
    private final Thread reader;
    private boolean left;
    private boolean over;

    Deadline(Thread reader) {
      this.reader = reader;
    }

    synchronized void pass() {
      if (!left) {
        over = true;
        reader.interrupt();
      }
    }

    synchronized boolean isOver() {
      return over;
    }

    /** Clears the interrupt, so that it does not reach the next work of the thread. */
    synchronized void leave() {
      left = true;
      if (over) {
        Thread.interrupted();
      }
    }
  }
}
