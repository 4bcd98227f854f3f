package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a series is out of the ordinary: its cost compared with that of ordinary days.
 *
 * @param main largest part in the direction of the episode, among the causes that the series shows
 * @param deviation cost above the expectation: exact for a series that shows only some causes
 * @param share of the deviation in what was expected
 */
record CauseOfEpisode(CostChange change, CausePart main, double deviation, double share) {
  /** Days before must confirm this part of a deviation, and one cause must explain it. */
  private static final double LARGELY = 0.5;

  /** Compares the days of an episode so far; null if nothing that the series shows has changed. */
  static @Nullable CauseOfEpisode of(Episode episode, Map<LocalDate, List<CostLine>> days) {
    CostChange change =
        CostChange.of(
            lines(episode.ordinaryDays().values(), days),
            lines(episode.ordinaryDays().keySet(), days),
            episode.series()::has);
    return main(episode, change).map(main -> of(episode, change, main)).orElse(null);
  }

  private static CauseOfEpisode of(Episode episode, CostChange change, CausePart main) {
    boolean showsAny = episode.series().kind().causes().isEmpty();
    double deviation = showsAny ? episode.deviation() : main.amount().doubleValue();
    return new CauseOfEpisode(change, main, deviation, episode.share());
  }

  /**
   * Whether less or more usage is the other side of what is unused: of a commitment, or of the
   * machines of a SKU.
   */
  boolean leavesUnused(Episode episode, CausePart unused) {
    BigDecimal used =
        switch (unused.cause()) {
          case UNUSED_COMMITMENT -> change.ofCommitment(unused.item());
          case IDLE -> change.ofUsage(unused.item());
          default -> BigDecimal.ZERO;
        };
    return used.signum() == -unused.amount().signum() && isLarge(used, episode);
  }

  private static Optional<CausePart> main(Episode episode, CostChange change) {
    List<Cause> shown = episode.series().kind().causes();
    BigDecimal all = change.cost().subtract(change.costBefore());
    if (shown.isEmpty() && !isLarge(all, episode)) {
      return Optional.empty();
    }
    return change.ofAllTeams().stream()
        .filter(part -> shown.isEmpty() || shown.contains(part.cause()))
        .filter(part -> isLarge(part.amount(), episode))
        .max(Comparator.comparing(part -> part.amount().abs()));
  }

  /** Whether an amount is the larger part of the deviation, in the same direction. */
  private static boolean isLarge(BigDecimal amount, Episode episode) {
    return amount.doubleValue() * episode.sign() >= LARGELY * Math.abs(episode.deviation());
  }

  private static List<CostLine> lines(
      Collection<LocalDate> of, Map<LocalDate, List<CostLine>> days) {
    List<CostLine> lines = new ArrayList<>();
    of.forEach(day -> lines.addAll(days.getOrDefault(day, List.of())));
    return lines;
  }
}
