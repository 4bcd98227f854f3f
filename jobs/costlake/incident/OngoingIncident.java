package costlake.incident;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An incident while it goes on: the episodes of all series that show it. */
final class OngoingIncident {
  /** A series shows an incident if this part of its deviation has the cause of the incident. */
  private static final double LARGELY = 0.5;

  /** A series shows the whole incident if its deviation is this part of the largest. */
  private static final double WHOLE = 2.0 / 3;

  private final Map<Episode, CauseOfEpisode> episodes = new LinkedHashMap<>();
  private Episode subject;
  private boolean isConfirmed;
  private @Nullable Incident told;

  OngoingIncident(Episode first, CauseOfEpisode cause) {
    this.episodes.put(first, cause);
    this.subject = first;
  }

  /** Whether an episode that begins now is of this incident. */
  boolean isSame(Episode episode, CauseOfEpisode other) {
    CausePart main = cause().main();
    return main.key().equals(other.main().key())
        || isLargely(other.change().ofKey(main.key()), other.deviation())
        || other.leavesUnused(episode, main)
        || cause().leavesUnused(subject, other.main());
  }

  private static boolean isLargely(@Nullable CausePart part, double deviation) {
    return part != null
        && part.amount().doubleValue() * Math.signum(deviation) >= LARGELY * Math.abs(deviation);
  }

  void add(Episode episode, CauseOfEpisode cause) {
    episodes.put(episode, cause);
  }

  /**
   * Adds the episodes of an incident that is the same; false if it is another, or both were told.
   */
  boolean absorbs(OngoingIncident other) {
    boolean bothTold = other.told != null && told != null;
    if (bothTold || !isSame(other.subject, other.cause())) {
      return false;
    }
    episodes.putAll(other.episodes);
    isConfirmed |= other.isConfirmed;
    told = told == null ? other.told : told;
    return true;
  }

  /** Computes again why the cost of the days so far changed. */
  void update(LocalDate day, Map<LocalDate, DayLines> days) {
    isConfirmed = false;
    for (Episode episode : List.copyOf(episodes.keySet())) {
      CauseOfEpisode now = episode.end().equals(day) ? CauseOfEpisode.of(episode, days) : null;
      if (now != null) {
        episodes.put(episode, now);
        isConfirmed = true;
      }
    }
    subject = mostPrecise();
  }

  /** Tells the incident, or how it goes on, if its cost is large enough. */
  void tell(LocalDate day, BigDecimal costMin, IncidentIds ids) {
    subject = mostPrecise();
    BigDecimal cost = BigDecimal.valueOf(cause().deviation()).setScale(2, RoundingMode.HALF_EVEN);
    if (isConfirmed && (told != null || cost.abs().compareTo(costMin) >= 0)) {
      told = incident(day, cost, ids);
    }
  }

  private CauseOfEpisode cause() {
    return Objects.requireNonNull(episodes.get(subject));
  }

  /** Whether no series shows it any more. */
  boolean isOver(LocalDate day) {
    boolean isOver = episodes.keySet().stream().allMatch(episode -> episode.end().isBefore(day));
    if (isOver && told != null) {
      told = told.ended();
    }
    return isOver;
  }

  Optional<Incident> told() {
    return Optional.ofNullable(told);
  }

  /**
   * Returns the series to name, of those that show the whole: one that shows only some causes, so
   * that its cost is exact, or else the one with the largest share of deviation.
   */
  private Episode mostPrecise() {
    double largest =
        episodes.values().stream()
            .mapToDouble(cause -> Math.abs(cause.deviation()))
            .max()
            .orElse(0);
    return episodes.entrySet().stream()
        .filter(episode -> Math.abs(episode.getValue().deviation()) >= WHOLE * largest)
        .max(
            Comparator.comparing((Map.Entry<Episode, CauseOfEpisode> one) -> isExact(one.getKey()))
                .thenComparing(one -> one.getValue().share()))
        .orElseThrow()
        .getKey();
  }

  private static boolean isExact(Episode episode) {
    return !episode.series().kind().causes().isEmpty();
  }

  private Incident incident(LocalDate day, BigDecimal cost, IncidentIds ids) {
    LocalDate start =
        episodes.keySet().stream().map(Episode::start).min(LocalDate::compareTo).orElseThrow();
    return new Incident(
        told == null ? ids.next(start, cause().main()) : told.id(),
        subject.series(),
        start,
        day,
        true,
        told == null ? day : told.foundOn(),
        cost,
        cause().main().owner(),
        cause().main(),
        cause().change(),
        episodes.keySet().stream()
            .map(Episode::series)
            .distinct()
            .sorted(
                Comparator.comparing(WatchedSeries::kind)
                    .thenComparing(series -> String.valueOf(series)))
            .toList());
  }
}
