package costlake.serve;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import costlake.core.PlainText;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down who guesses passwords: each failure with a name doubles the time until the next
 * attempt with it is looked at, up to a bound. Nobody is locked out, and names of others are not
 * slowed. Passwords are hashed one at a time, in turns between the addresses that calls come from.
 */
final class SignIns {
  private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);
  private static final int NAMES_REMEMBERED = 10_000;
  private static final int WAITING_MAX = 500;
  private static final int WAITING_PER_PEER_MAX = 100;
  private static final int DOUBLINGS_MAX = 5;
  private static final int NAME_LENGTH_MAX = 64;
  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  private final Duration first;
  private final Semaphore room = new Semaphore(WAITING_MAX);
  private final Turns hashing = new Turns(1, 1, WAITING_PER_PEER_MAX);
  private final Cache<String, Integer> failures =
      CacheBuilder.newBuilder().maximumSize(NAMES_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /**
   * Nothing has failed yet.
   *
   * @param first how long an attempt waits after the first failure
   */
  SignIns(Duration first) {
    this.first = first;
  }

  /**
   * Looks at an attempt when its time has come.
   *
   * @param known whether name and password belong together
   * @throws FlightRuntimeException when too many wait
   */
  <T> java.util.Optional<T> attempt(
      String name, String peer, Supplier<java.util.Optional<T>> known) {
    if (!room.tryAcquire()) {
      throw CallStatus.UNAVAILABLE
          .withDescription("Cannot sign in: too many try to at once. Try again in a moment")
          .toRuntimeException();
    }
    try {
      Thread.sleep(delay(name).toMillis());
      java.util.Optional<T> found = hashed(peer, known);
      note(name, peer, found.isPresent());
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CallStatus.UNAVAILABLE.withDescription("The server stops").toRuntimeException();
    } finally {
      room.release();
    }
  }

  private <T> T hashed(String peer, Supplier<T> known) throws InterruptedException {
    hashing.take(peer, () -> false);
    try {
      return known.get();
    } finally {
      hashing.end(peer);
    }
  }

  /** How long the next attempt with a name waits. */
  Duration delay(String name) {
    Integer failed = failures.getIfPresent(key(name));
    return failed == null
        ? Duration.ZERO
        : first.multipliedBy(1L << Math.min(failed - 1, DOUBLINGS_MAX));
  }

  private void note(String name, String peer, boolean known) {
    if (known) {
      failures.invalidate(key(name));
    } else {
      failures.asMap().merge(key(name), 1, Integer::sum);
      LOG.warn("Sign-in refused: wrong user or password for '{}' from {}", key(name), peer);
    }
  }

  /** A name as the log shows it. */
  private static String key(String name) {
    String shown = PlainText.line(name);
    return shown.length() <= NAME_LENGTH_MAX ? shown : shown.substring(0, NAME_LENGTH_MAX) + "...";
  }
}
