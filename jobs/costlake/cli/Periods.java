package costlake.cli;

import costlake.core.BillingPeriod;
import costlake.core.Failure;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parses billing months of the command line: {@code 2026-09}, or a range {@code 2025-09..2026-09}.
 */
final class Periods {
  private static final String TO = "..";

  private Periods() {}

  static Set<BillingPeriod> parse(Collection<String> texts) {
    Set<BillingPeriod> periods = new TreeSet<>();
    for (String text : texts) {
      int to = text.indexOf(TO);
      periods.addAll(
          to < 0
              ? Set.of(BillingPeriod.parse(text))
              : range(text.substring(0, to), text.substring(to + TO.length())));
    }
    return periods;
  }

  /** Returns every month from the first to the last. */
  static Set<BillingPeriod> range(String from, String to) {
    BillingPeriod last = BillingPeriod.parse(to);
    Set<BillingPeriod> periods = new TreeSet<>();
    for (BillingPeriod p = BillingPeriod.parse(from); p.compareTo(last) <= 0; p = p.next()) {
      periods.add(p);
    }
    if (periods.isEmpty()) {
      throw Failure.operator("Invalid range: the first month %s is after the last %s", from, to);
    }
    return periods;
  }
}
