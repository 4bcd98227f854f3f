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
 * Slows down the guessing of passwords. Each failed attempt with a name from an address doubles the
 * delay before the next one, up to a limit. From the second address on, each address that failed
 * with a name doubles a delay for all addresses, so that many addresses guess no faster. Guesses
 * from one address therefore do not delay a user at another. Attempts with one name are checked one
 * after the other, and the addresses that they come from take turns. No name is locked, other names
 * are not delayed, and no address can occupy all waiting places. Passwords are hashed one at a
 * time; the addresses take turns here too.
 */
final class SignIns {
  private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);
  private static final int NAMES_REMEMBERED = 10_000;
  private static final int WAITING_MAX = 500;
  private static final int WAITING_PER_PEER_MAX = 100;
  private static final int DOUBLINGS_MAX = 5;
  private static final int NAME_LENGTH_MAX = 64;
  private static final String ANYWHERE = "";
  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  private final Duration first;
  private final CallLimits places =
      new CallLimits(
          WAITING_MAX,
          WAITING_PER_PEER_MAX,
          "Cannot sign in: too many users sign in at once. Try again in a moment");
  private final FairQueue hashing = new FairQueue(1, 1, WAITING_PER_PEER_MAX);

  /**
   * One queue of attempts for each name, and for each name at an address. A queue is removed when
   * nobody tries its name.
   */
  private final LoadingCache<Origin, FairQueue> queues =
      CacheBuilder.newBuilder()
          .weakValues()
          .build(CacheLoader.from(origin -> new FairQueue(1, 1, WAITING_PER_PEER_MAX)));

  private final Cache<Origin, Integer> failures =
      CacheBuilder.newBuilder().maximumSize(NAMES_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /** A name, and an address or {@link #ANYWHERE}. */
  private record Origin(String name, String peer) {}

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
      Origin origin = new Origin(key(name), peer);
      return inTurn(queues.getUnchecked(origin), peer, () -> delayed(origin, known));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CallStatus.UNAVAILABLE.withDescription("The server stops").toRuntimeException();
    } finally {
      places.free(peer);
    }
  }

  private <T> Optional<T> delayed(Origin origin, Supplier<Optional<T>> known)
      throws InterruptedException {
    Thread.sleep(delay(origin).toMillis());
    Origin anywhere = anywhere(origin);
    return inTurn(
        queues.getUnchecked(anywhere),
        origin.peer(),
        () -> {
          Thread.sleep(delay(anywhere).toMillis());
          return checked(origin, known);
        });
  }

  private <T> Optional<T> checked(Origin origin, Supplier<Optional<T>> known)
      throws InterruptedException {
    Optional<T> found = inTurn(hashing, origin.peer(), known::get);
    remember(origin, found.isPresent());
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

  /** Returns the delay of the next attempt with a name from an address. */
  Duration delay(String name, String peer) {
    return delay(new Origin(key(name), peer)).plus(delay(new Origin(key(name), ANYWHERE)));
  }

  private Duration delay(Origin origin) {
    Integer failed = failures.getIfPresent(origin);
    boolean isFirstAddress = origin.peer().equals(ANYWHERE) && Integer.valueOf(1).equals(failed);
    return failed == null || isFirstAddress
        ? Duration.ZERO
        : first.multipliedBy(1L << Math.min(failed - 1, DOUBLINGS_MAX));
  }

  private void remember(Origin origin, boolean known) {
    if (known) {
      forget(origin);
      return;
    }
    if (failures.asMap().merge(origin, 1, Integer::sum) == 1) {
      failures.asMap().merge(anywhere(origin), 1, Integer::sum);
    }
    LOG.warn(
        "Sign-in refused: wrong user or password for '{}' from {}", origin.name(), origin.peer());
  }

  /** Ends the delay of an address, which then no longer counts for the delay of all addresses. */
  private void forget(Origin origin) {
    if (failures.asMap().remove(origin) != null) {
      failures.asMap().computeIfPresent(anywhere(origin), (any, n) -> n == 1 ? null : n - 1);
    }
  }

  private static Origin anywhere(Origin origin) {
    return new Origin(origin.name(), ANYWHERE);
  }

  /** Returns a name in the form that the log shows and that failed attempts are counted by. */
  private static String key(String name) {
    String shown = PlainText.line(name);
    return shown.length() <= NAME_LENGTH_MAX ? shown : shown.substring(0, NAME_LENGTH_MAX) + "...";
  }
}
