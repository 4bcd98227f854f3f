package costlake.watch;

import costlake.config.Config;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What runs at the moment of a watch, from the hours that it read and those of earlier watches. */
final class Snapshot {
  private static final BigDecimal HOUR_S = BigDecimal.valueOf(3600);

  /** Samples may be missing for less. */
  private static final Duration GONE_MIN = Duration.ofMinutes(30);

  private final Window window;
  private final List<PricedHour> hours;

  /**
   * @param hours hours of the window and earlier ones, each workload and hour once
   */
  Snapshot(Window window, List<PricedHour> hours) {
    this.window = window;
    this.hours = hours.stream().sorted(Comparator.comparing(hour -> hour.held().hour())).toList();
  }

  /** Returns the ids of the runs that have a workload now. */
  Set<String> runs() {
    return running().stream()
        .map(Workload::run)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  Watched watched(Config config, PublishedRuns published, PublishedQuotas quotas) {
    List<Workload> running = running();
    return new Watched(
        config,
        window.at(),
        running,
        runs().stream().sorted().map(run -> run(run, published)).toList(),
        free(),
        published.past(),
        new PeriodUse(quotas, hours, window.at()).of(config.quotas()));
  }

  /** Returns the workloads that hold accelerators now, the most expensive first. */
  List<Workload> running() {
    return hours.stream()
        .filter(hour -> hour.held().workload() != null)
        .collect(
            Collectors.groupingBy(
                hour -> hour.held().cluster() + "/" + hour.held().workload(),
                TreeMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .filter(this::isRunning)
        .map(Snapshot::lastStretch)
        .map(this::workload)
        .sorted(
            Comparator.comparing(
                Workload::perHour,
                Comparator.nullsLast(Comparator.comparing(Cost::amount).reversed())))
        .toList();
  }

  private boolean isRunning(List<PricedHour> own) {
    return own.stream().anyMatch(hour -> !hour.held().until().isBefore(window.at()));
  }

  /** Returns the hours since a workload was last gone, e.g. since a notebook was started again. */
  private static List<PricedHour> lastStretch(List<PricedHour> own) {
    int first = own.size() - 1;
    while (first > 0 && !isApart(own.get(first - 1).held(), own.get(first).held())) {
      first--;
    }
    return own.subList(first, own.size());
  }

  private static boolean isApart(Held before, Held after) {
    return before.until().plus(GONE_MIN).isBefore(after.from());
  }

  private Workload workload(List<PricedHour> own) {
    List<PricedHour> now =
        own.stream().filter(hour -> !hour.held().until().isBefore(window.at())).toList();
    List<PricedHour> recent =
        own.stream().filter(hour -> !hour.held().hour().isBefore(window.from())).toList();
    Held last = now.get(0).held();
    return new Workload(
        last.cluster(),
        Objects.requireNonNull(last.workload()),
        last.kind(),
        last.run(),
        last.team(),
        last.project(),
        now.stream().map(hour -> accelerators(hour.held())).toList(),
        since(own),
        sum(now, Snapshot::perHour),
        sum(own, PricedHour::cost),
        use(recent));
  }

  private static Workload.Accelerators accelerators(Held held) {
    return new Workload.Accelerators(held.model(), held.accelerators());
  }

  private static Instant since(List<PricedHour> own) {
    return own.stream()
        .map(hour -> hour.held().from())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Optional<Cost> perHour(PricedHour hour) {
    Price price = hour.price();
    return price == null
        ? Optional.empty()
        : Optional.of(price.of(hour.held().accelerators().multiply(HOUR_S)));
  }

  private static Workload.Use use(List<PricedHour> hours) {
    BigDecimal active = BigDecimal.ZERO;
    boolean isMeasured = true;
    for (PricedHour hour : hours) {
      BigDecimal one = hour.held().activeS();
      isMeasured &= one != null;
      active = active.add(one == null ? BigDecimal.ZERO : one);
    }
    BigDecimal held =
        hours.stream()
            .map(hour -> hour.held().acceleratorS())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Workload.Use(held, isMeasured ? active : null, sum(hours, PricedHour::cost));
  }

  private static @Nullable Cost sum(
      List<PricedHour> hours, Function<PricedHour, Optional<Cost>> cost) {
    return sum(hours.stream().map(cost).toList());
  }

  /** Adds costs; null if there is none, or if one is unknown or has another currency. */
  private static @Nullable Cost sum(List<Optional<Cost>> costs) {
    List<Cost> known = costs.stream().flatMap(Optional::stream).toList();
    boolean isOne = known.stream().map(Cost::currency).distinct().count() == 1;
    return isOne && known.size() == costs.size()
        ? known.stream().reduce(Cost::plus).orElseThrow()
        : null;
  }

  private RunningRun run(String id, PublishedRuns published) {
    Optional<PublishedRuns.Run> billed = published.running(id);
    List<PricedHour> own = hours.stream().filter(hour -> id.equals(hour.held().run())).toList();
    List<PricedHour> since =
        own.stream()
            .filter(
                hour -> billed.isEmpty() || !hour.held().hour().isBefore(billed.get().billedEnd()))
            .toList();
    Held last = own.get(own.size() - 1).held();
    Instant started = billed.map(PublishedRuns.Run::started).orElse(null);
    return new RunningRun(
        id,
        last.team(),
        last.project(),
        started == null ? since(own) : started,
        sum(
            Stream.concat(
                    billed.stream().map(run -> Optional.of(run.cost())),
                    since.stream().map(PricedHour::cost))
                .toList()));
  }

  /** Returns accelerators of which whole ones were free in every hour of the window. */
  private List<Watched.Free> free() {
    return hours.stream()
        .filter(hour -> hour.held().workload() == null && hour.held().model() != null)
        .filter(hour -> !hour.held().hour().isBefore(window.from()))
        .filter(hour -> window.isOver(hour.held().hour()))
        .collect(
            Collectors.groupingBy(
                hour -> List.of(hour.held().cluster(), hour.held().model()),
                () -> new TreeMap<>(Comparator.comparing(List::toString)),
                Collectors.toList()))
        .values()
        .stream()
        .flatMap(own -> free(own).stream())
        .toList();
  }

  private Optional<Watched.Free> free(List<PricedHour> own) {
    int count =
        own.stream()
            .map(hour -> hour.held().acceleratorS().divide(HOUR_S, 0, RoundingMode.DOWN))
            .mapToInt(BigDecimal::intValue)
            .min()
            .orElse(0);
    if (count == 0 || own.size() < window.hours()) {
      return Optional.empty();
    }
    Held first = own.get(0).held();
    return Optional.of(
        new Watched.Free(
            first.cluster(),
            Objects.requireNonNull(first.model()),
            count,
            window.from(),
            sum(own, hour -> cost(count, hour))));
  }

  private static Optional<Cost> cost(int count, PricedHour hour) {
    return Optional.ofNullable(hour.price())
        .map(price -> price.of(HOUR_S.multiply(BigDecimal.valueOf(count))));
  }
}
