package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches the cost of a company day by day: of the whole, and by team, service, resource group and
 * model, prices, and what commitments have unused. Each day is judged by the days before it. An
 * event that several series show is one incident.
 */
public final class CostWatch {
  /** Days of lines that are kept: the weeks that an incident is compared with, and its own. */
  private static final int KEPT_DAYS = 60;

  private final BigDecimal costMin;
  private final Map<WatchedSeries, SeriesWatch> watched = new HashMap<>();
  private final SortedMap<LocalDate, List<CostLine>> days = new TreeMap<>();
  private final KnownResources resources = new KnownResources();
  private final List<Episode> unexplained = new ArrayList<>();
  private final List<OngoingIncident> ongoing = new ArrayList<>();
  private final List<OngoingIncident> all = new ArrayList<>();

  /**
   * @param costMin smallest cost above or below the expectation of an incident, in the currency of
   *     the lines
   */
  public CostWatch(BigDecimal costMin) {
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
    days.put(day, List.copyOf(lines));
    days.headMap(day.minusDays(KEPT_DAYS)).clear();
    unexplained.addAll(judge(day, lines));
    unexplained.removeIf(episode -> episode.end().isBefore(day) || assign(episode));
    ongoing.forEach(incident -> incident.update(day, days));
    merge();
    ongoing.forEach(incident -> incident.tell(day, costMin));
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
  private List<Episode> judge(LocalDate day, List<CostLine> lines) {
    Map<WatchedSeries, Total> totals = totals(lines);
    addNewResources(day, lines, totals);
    watched.keySet().stream()
        .filter(series -> !series.isPrice())
        .forEach(series -> totals.computeIfAbsent(series, key -> new Total()));
    List<Episode> begun = new ArrayList<>();
    totals.forEach(
        (series, total) ->
            watched
                .computeIfAbsent(series, key -> new SeriesWatch(key, costMin.doubleValue()))
                .next(day, total.value(series), total.quantity(series))
                .ifPresent(begun::add));
    begun.sort(
        Comparator.comparing((Episode episode) -> episode.series().kind())
            .thenComparing(Episode::share, Comparator.reverseOrder())
            .thenComparing(episode -> String.valueOf(episode.series())));
    return begun;
  }

  private void addNewResources(
      LocalDate day, List<CostLine> lines, Map<WatchedSeries, Total> totals) {
    resources.see(day, lines);
    for (CostLine line : lines) {
      if (line.resource() != null) {
        Total total =
            totals.computeIfAbsent(WatchedSeries.ofResources(line.team()), key -> new Total());
        if (resources.isNew(day, line)) {
          total.add(line);
        }
      }
    }
  }

  private static Map<WatchedSeries, Total> totals(Collection<CostLine> lines) {
    Map<WatchedSeries, Total> totals = new HashMap<>();
    for (CostLine line : lines) {
      WatchedSeries.of(line)
          .forEach(series -> totals.computeIfAbsent(series, key -> new Total()).add(line));
    }
    return totals;
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
            incident -> incident.add(episode, cause), () -> begin(new OngoingIncident(episode, cause)));
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

  /** The cost and quantity of a series on a day. */
  private static final class Total {
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal quantity = BigDecimal.ZERO;

    void add(CostLine line) {
      cost = cost.add(line.cost());
      quantity = quantity.add(Objects.requireNonNullElse(line.quantity(), BigDecimal.ZERO));
    }

    double value(WatchedSeries series) {
      return series.isPrice() ? cost.doubleValue() / quantity.doubleValue() : cost.doubleValue();
    }

    double quantity(WatchedSeries series) {
      return series.isPrice() ? quantity.doubleValue() : 1;
    }
  }
}
