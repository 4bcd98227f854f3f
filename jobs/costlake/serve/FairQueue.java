package costlake.serve;

import costlake.core.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;

/**
 * Gives turns to users fairly. The next turn goes to the waiting user with the fewest turns in
 * progress. If several users have the fewest turns, the next turn goes to the user whose last turn
 * began earliest. The turns and the waiting requests of each user are limited.
 */
final class FairQueue {
  private static final class Waiting {
    final String user;
    boolean granted;

    Waiting(String user) {
      this.user = user;
    }
  }

  private final int atOnce;
  private final int perUser;
  private final int waitingPerUser;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, Long> lastTurn = new HashMap<>();
  private long turns;

  /**
   * Creates an empty queue with these limits.
   *
   * @param atOnce maximum number of turns of all users at the same time
   * @param perUser maximum number of turns of one user at the same time
   * @param waitingPerUser maximum number of waiting requests of one user
   */
  FairQueue(int atOnce, int perUser, int waitingPerUser) {
    this.atOnce = atOnce;
    this.perUser = perUser;
    this.waitingPerUser = waitingPerUser;
  }

  /**
   * Waits for a turn.
   *
   * @param ended returns whether the request has ended; an ended request needs no turn
   * @return true if the request got its turn, false if it has ended
   * @throws FlightRuntimeException when too many requests of the user already wait
   */
  synchronized boolean take(String user, BooleanSupplier ended) throws InterruptedException {
    long others = waiting.stream().filter(w -> w.user.equals(user)).count();
    if (others >= waitingPerUser) {
      throw CallStatus.RESOURCE_EXHAUSTED
          .withDescription(
              Message.of(
                  """
                  Cannot run this query: %d of your queries are waiting already. Try again when they
                  are done
                  """,
                  others))
          .toRuntimeException();
    }
    Waiting turn = new Waiting(user);
    waiting.add(turn);
    grant();
    try {
      while (!turn.granted && !ended.getAsBoolean()) {
        wait();
      }
      return turn.granted;
    } catch (InterruptedException e) {
      if (turn.granted) {
        end(user);
      }
      throw e;
    } finally {
      waiting.remove(turn);
    }
  }

  /** Ends a turn of the user and grants the next turn. */
  synchronized void end(String user) {
    running.computeIfPresent(user, (who, turns) -> turns == 1 ? null : turns - 1);
    grant();
    if (!running.containsKey(user) && waiting.stream().noneMatch(w -> w.user.equals(user))) {
      lastTurn.remove(user);
    }
  }

  /** Makes waiting requests check whether they have ended. */
  synchronized void wake() {
    notifyAll();
  }

  private void grant() {
    Optional<Waiting> next = next();
    while (next.isPresent()) {
      next.get().granted = true;
      waiting.remove(next.get());
      running.merge(next.get().user, 1, Integer::sum);
      lastTurn.put(next.get().user, turns++);
      next = next();
    }
    notifyAll();
  }

  private Optional<Waiting> next() {
    return running.values().stream().mapToInt(n -> n).sum() >= atOnce
        ? Optional.empty()
        : waiting.stream()
            .filter(w -> running(w) < perUser)
            .min(
                Comparator.<Waiting>comparingInt(this::running)
                    .thenComparingLong(w -> lastTurn.getOrDefault(w.user, -1L)));
  }

  private int running(Waiting w) {
    return running.getOrDefault(w.user, 0);
  }
}
