package costlake.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What is said of a workload that does not use its accelerators. */
final class IdleUse {
  private IdleUse() {}

  static Finding finding(String rule, Watched watched, Workload workload, String advice) {
    Cost cost = workload.recent().cost();
    String what =
        "It holds %s and used %s%% of them in the last %d hours%s."
            .formatted(
                workload.accelerators(),
                percent(workload.recent().utilisation().orElseThrow()),
                watched.idleAfter().toHours(),
                cost == null ? "" : ", which cost " + cost);
    return new Finding(
        rule, workload.id(), workload.team(), workload.since(), workload.soFar(), what, advice);
  }

  private static String percent(BigDecimal ratio) {
    return ratio
        .movePointRight(2)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
