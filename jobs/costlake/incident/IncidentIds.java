package costlake.incident;

import costlake.core.Sha256;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Ids of incidents: the first day and a mark of the cause. They are the same in every night. */
final class IncidentIds {
  private static final int MARK_DIGITS = 6;

  private final String currency;
  private final Set<String> used = new HashSet<>();

  IncidentIds(String currency) {
    this.currency = currency;
  }

  /** Returns an id that no other incident has. */
  String next(LocalDate start, CausePart cause) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> start + "-" + mark(currency + i + cause.key()))
        .filter(used::add)
        .findFirst()
        .orElseThrow();
  }

  private static String mark(String text) {
    return Sha256.hex(text).substring(0, MARK_DIGITS);
  }
}
