package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Watches the cost of a company day by day: of the whole, and by team, service, resource group and
 * model, prices, and what commitments have unused. Each day is judged by the days before it. An
 * event that several series show is one incident.
 */
public final class CostWatch {
  /** Days of lines that are kept: the weeks that an incident is compared with, and its own. */
  private static final int KEPT_DAYS = 60;

  private final IncidentIds ids;
  private final BigDecimal costMin;
  private final Map<WatchedSeries, SeriesWatch> watched = new HashMap<>();
  private final NavigableMap<LocalDate, DayLines> days = new TreeMap<>();
  private final KnownResources resources = new KnownResources();
  private final List<Episode> unexplained = new ArrayList<>();
  private final List<OngoingIncident> ongoing = new ArrayList<>();
  private final List<OngoingIncident> all = new ArrayList<>();

  /**
   * @param currency currency of the lines
   * @param costMin smallest cost above or below the expectation of an incident, in the currency
   */
  public CostWatch(String currency, BigDecimal costMin) {
    this.ids = new IncidentIds(currency);
    this.costMin = costMin;
  }

  /**
   * Takes the lines of the next day, in one currency. A day without lines is a hole.
   *
   * @throws IllegalArgumentException if the day is not later than the days before
   */
  public void next(LocalDate day, List<CostLine> lines) {
    if (!days.isEmpty() && !day.isAfter(days.lastKey())) {
      throw new IllegalArgumentException(day + " is not after " + days.lastKey());
    }
    if (lines.isEmpty()) {
      return;
    }
    DayLines today = new DayLines(lines);
    days.put(day, today);
    days.headMap(day.minusDays(KEPT_DAYS)).clear();
    unexplained.addAll(judge(day, today, newResources(day, lines)));
    unexplained.removeIf(episode -> episode.end().isBefore(day) || assign(episode));
    ongoing.forEach(incident -> incident.update(day, days));
    merge();
    ongoing.forEach(incident -> incident.tell(day, costMin, ids));
    ongoing.removeIf(incident -> incident.isOver(day));
  }

  /** Returns the incidents so far whose cost is large enough, in the order of their start. */
  public List<Incident> incidents() {
    return all.stream()
        .flatMap(incident -> incident.told().stream())
        .sorted(Comparator.comparing(Incident::start).thenComparing(Incident::id))
        .toList();
  }

  /** Returns the episodes that begin on this day, those of the most exact series first. */
  private List<Episode> judge(
      LocalDate day, DayLines lines, Map<WatchedSeries, BigDecimal> newResources) {
    Set<WatchedSeries> all = new HashSet<>(lines.series());
    watched.keySet().stream().filter(series -> !series.isPrice()).forEach(all::add);
    all.removeIf(series -> series.kind() == WatchedSeries.Kind.RESOURCES);
    List<Episode> begun = new ArrayList<>();
    for (WatchedSeries series : all) {
      watched(series).next(day, lines.value(series), lines.quantity(series)).ifPresent(begun::add);
    }
    newResources.forEach(
        (series, cost) -> watched(series).next(day, cost.doubleValue(), 1).ifPresent(begun::add));
    begun.sort(
        Comparator.comparing((Episode episode) -> episode.series().kind())
            .thenComparing(Episode::share, Comparator.reverseOrder())
            .thenComparing(episode -> String.valueOf(episode.series())));
    return begun;
  }

  private SeriesWatch watched(WatchedSeries series) {
    return watched.computeIfAbsent(series, key -> new SeriesWatch(key, costMin.doubleValue()));
  }

  /**
   * Returns what resources cost that their team did not have before, for each team that has any.
   */
  private Map<WatchedSeries, BigDecimal> newResources(LocalDate day, List<CostLine> lines) {
    resources.see(day, lines);
    Map<WatchedSeries, BigDecimal> costs = new HashMap<>();
    watched.keySet().stream()
        .filter(series -> series.kind() == WatchedSeries.Kind.RESOURCES)
        .forEach(series -> costs.put(series, BigDecimal.ZERO));
    lines.stream()
        .filter(line -> line.resource() != null)
        .forEach(
            line ->
                costs.merge(
                    WatchedSeries.ofResources(line.team()),
                    resources.isNew(day, line) ? line.cost() : BigDecimal.ZERO,
                    BigDecimal::add));
    return costs;
  }

  /** Adds an episode to the incident that it shows; returns false if it has no cause. */
  private boolean assign(Episode episode) {
    CauseOfEpisode cause = CauseOfEpisode.of(episode, days);
    if (cause == null) {
      return false;
    }
    ongoing.stream()
        .filter(incident -> incident.isSame(episode, cause))
        .findFirst()
        .ifPresentOrElse(
            incident -> incident.add(episode, cause),
            () -> begin(new OngoingIncident(episode, cause)));
    return true;
  }

  /** Makes one of incidents that proved to be the same after some days. */
  private void merge() {
    for (int i = 0; i < ongoing.size(); i++) {
      for (int j = ongoing.size() - 1; j > i; j--) {
        if (ongoing.get(i).absorbs(ongoing.get(j))) {
          all.remove(ongoing.remove(j));
        }
      }
    }
  }

  private void begin(OngoingIncident incident) {
    ongoing.add(incident);
    all.add(incident);
  }
}
