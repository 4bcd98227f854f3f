package costlake.serve;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;

/** Limits the calls that run at the same time, in total and for each caller. */
final class CallLimits {
  private final int max;
  private final int maxEach;
  private final String refusal;
  private final Multiset<String> taken = HashMultiset.create();

  /**
   * Creates the limits; no call runs yet.
   *
   * @param max maximum number of running calls of all callers together
   * @param maxEach maximum number of running calls of one caller
   * @param refusal message to a caller whose call is refused
   */
  CallLimits(int max, int maxEach, String refusal) {
    this.max = max;
    this.maxEach = maxEach;
    this.refusal = refusal;
  }

  /**
   * Adds a call that begins to the running calls. Never waits.
   *
   * @throws FlightRuntimeException when a limit is reached
   */
  synchronized void take(String who) {
    if (taken.size() >= max || taken.count(who) >= maxEach) {
      throw CallStatus.RESOURCE_EXHAUSTED.withDescription(refusal).toRuntimeException();
    }
    taken.add(who);
  }

  /** Removes a call that ended from the running calls. */
  synchronized void free(String who) {
    taken.remove(who);
  }
}
