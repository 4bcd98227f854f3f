package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  static @Nullable CauseOfEpisode of(Episode episode, Map<LocalDate, DayLines> days) {
    List<DayLines> before = lines(episode.ordinaryDays().values(), days);
    List<DayLines> after = lines(episode.ordinaryDays().keySet(), days);
    CostChange change =
        CostChange.of(
            of(episode.series(), before),
            of(episode.series(), after),
            payers(before),
            payers(after));
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

  private static List<DayLines> lines(Collection<LocalDate> of, Map<LocalDate, DayLines> days) {
    return of.stream().map(day -> Objects.requireNonNull(days.get(day))).toList();
  }

  private static List<CostLine> of(WatchedSeries series, List<DayLines> days) {
    return days.stream().flatMap(day -> day.explaining(series).stream()).toList();
  }

  private static Payers payers(List<DayLines> days) {
    return Payers.ofAll(days.stream().map(DayLines::payers).toList());
  }
}
