package costlake.serve;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallStatus;

/**
 * Reads the values that clients send for the {@code ?} of their queries. Each transfer uses a
 * thread and memory. Therefore this class limits how many transfers of a user run at once, how many
 * transfers wait, and how long each transfer takes.
 */
final class ParameterTransfers {
  /**
   * Time limit of a transfer. Most values have a few kilobytes, but a slow connection needs longer
   * for the largest call that is allowed.
   */
  static final Duration TIME_MAX = Duration.ofSeconds(30);

  static final int PER_USER_MAX = 8;
  private static final int MAX = 200;

  private final Duration within;
  private final FairQueue queue;

  /**
   * Creates a reader; no transfer runs yet.
   *
   * @param within time limit of each transfer, including the wait for a turn
   * @param waitingPerUser maximum number of waiting transfers of one user
   */
  ParameterTransfers(Duration within, int waitingPerUser) {
    this.within = within;
    this.queue = new FairQueue(MAX, PER_USER_MAX, waitingPerUser);
  }

  /**
   * Waits for a turn of the user and runs {@code reading} in this thread.
   *
   * @throws org.apache.arrow.flight.FlightRuntimeException when too many transfers of the user
   *     wait, or this transfer exceeds the time limit
   */
  void read(String user, Runnable reading) {
    Deadline deadline = new Deadline(Thread.currentThread());
    CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS)
        .execute(deadline::expire);
    try {
      inTurn(user, reading);
    } catch (InterruptedException e) {
      throw tooSlow();
    } catch (RuntimeException e) {
      throw deadline.isExpired() ? tooSlow() : e;
    } finally {
      deadline.end();
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

  /** Interrupts a thread when its time is over, unless {@link #end} was called before. */
  private static final class Deadline {
    private final Thread reader;
    private boolean ended;
    private boolean expired;

    Deadline(Thread reader) {
      this.reader = reader;
    }

    synchronized void expire() {
      if (!ended) {
        expired = true;
        reader.interrupt();
      }
    }

    synchronized boolean isExpired() {
      return expired;
    }

    /**
     * Ends the deadline. Clears an interrupt, so that the next task of the thread does not get it.
     */
    synchronized void end() {
      ended = true;
      if (expired) {
        Thread.interrupted();
      }
    }
  }
}
