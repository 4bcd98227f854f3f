package costlake.serve;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import costlake.core.PlainText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down the guessing of passwords. Each failed attempt with a name doubles the delay before
 * the next attempt with this name, up to a limit. Attempts with one name are checked one after the
 * other, and the addresses that they come from take turns. No name is locked, other names are not
 * delayed, and no address can occupy all waiting places. Passwords are hashed one at a time; the
 * addresses take turns here too.
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
  private final CallLimits places =
      new CallLimits(
          WAITING_MAX,
          WAITING_PER_PEER_MAX,
          "Cannot sign in: too many users sign in at once. Try again in a moment");
  private final FairQueue hashing = new FairQueue(1, 1, WAITING_PER_PEER_MAX);

  /** One queue of attempts for each name. A queue is removed when nobody tries its name. */
  private final LoadingCache<String, FairQueue> names =
      CacheBuilder.newBuilder()
          .weakValues()
          .build(CacheLoader.from(name -> new FairQueue(1, 1, WAITING_PER_PEER_MAX)));

  private final Cache<String, Integer> failures =
      CacheBuilder.newBuilder().maximumSize(NAMES_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /**
   * Creates the record of attempts; none has failed yet.
   *
   * @param first delay after the first failed attempt with a name
   */
  SignIns(Duration first) {
    this.first = first;
  }

  /**
   * Checks an attempt after its delay.
   *
   * @param known returns a result if name and password are right
   * @throws FlightRuntimeException when too many attempts wait
   */
  <T> Optional<T> attempt(String name, String peer, Supplier<Optional<T>> known) {
    places.take(peer);
    try {
      return inTurn(names.getUnchecked(key(name)), peer, () -> checked(name, peer, known));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CallStatus.UNAVAILABLE.withDescription("The server stops").toRuntimeException();
    } finally {
      places.free(peer);
    }
  }

  private <T> Optional<T> checked(String name, String peer, Supplier<Optional<T>> known)
      throws InterruptedException {
    Thread.sleep(delay(name).toMillis());
    Optional<T> found = inTurn(hashing, peer, known::get);
    remember(name, peer, found.isPresent());
    return found;
  }

  /** Work that needs a turn and can be interrupted. */
  private interface Work<T> {
    T done() throws InterruptedException;
  }

  private static <T> T inTurn(FairQueue queue, String peer, Work<T> work)
      throws InterruptedException {
    queue.take(peer, () -> false);
    try {
      return work.done();
    } finally {
      queue.end(peer);
    }
  }

  /** Returns the delay of the next attempt with a name. */
  Duration delay(String name) {
    Integer failed = failures.getIfPresent(key(name));
    return failed == null
        ? Duration.ZERO
        : first.multipliedBy(1L << Math.min(failed - 1, DOUBLINGS_MAX));
  }

  private void remember(String name, String peer, boolean known) {
    if (known) {
      failures.invalidate(key(name));
    } else {
      failures.asMap().merge(key(name), 1, Integer::sum);
      LOG.warn("Sign-in refused: wrong user or password for '{}' from {}", key(name), peer);
    }
  }

  /** Returns a name in the form that the log shows and that failed attempts are counted by. */
  private static String key(String name) {
    String shown = PlainText.line(name);
    return shown.length() <= NAME_LENGTH_MAX ? shown : shown.substring(0, NAME_LENGTH_MAX) + "...";
  }
}
