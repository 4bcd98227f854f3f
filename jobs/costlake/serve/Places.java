package costlake.serve;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;

/** Room for a number of calls at the same time, of which nobody gets more than a share. */
final class Places {
  private final int max;
  private final int maxEach;
  private final String refusal;
  private final Multiset<String> taken = HashMultiset.create();

  /**
   * All are free.
   *
   * @param max for all together
   * @param maxEach for one
   * @param refusal what those are told who find none
   */
  Places(int max, int maxEach, String refusal) {
    this.max = max;
    this.maxEach = maxEach;
    this.refusal = refusal;
  }

  /**
   * Takes one, without waiting.
   *
   * @throws FlightRuntimeException when none is free
   */
  synchronized void take(String who) {
    if (taken.size() >= max || taken.count(who) >= maxEach) {
      throw CallStatus.RESOURCE_EXHAUSTED.withDescription(refusal).toRuntimeException();
    }
    taken.add(who);
  }

  synchronized void free(String who) {
    taken.remove(who);
  }
}
