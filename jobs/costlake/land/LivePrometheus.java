package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.land.prometheus.PrometheusServer;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Queries a live server for the days that have ended and are not pinned yet, and pins the
 * responses. If no period is given, it queries this month and the month before.
 */
final class LivePrometheus {
  private static final String FETCHED = ".fetched";

  private LivePrometheus() {}

  static LandResult land(
      Config config,
      Source source,
      SourceLanding landing,
      Instant now,
      List<Delivery> known,
      Set<BillingPeriod> periods) {
    Path folder = PinnedPaths.root(config).resolve(source.id()).resolve(FETCHED);
    try {
      PinnedPaths.remove(folder);
      Files.createDirectories(folder);
      PrometheusServer server = new PrometheusServer(source, System.getenv());
      for (LocalDate day : days(source, now, known, periods)) {
        if (!landing.pinned(day)) {
          server.fetch(day, Files.createDirectories(folder.resolve(day.toString())));
        }
      }
      try (Storage storage = LocalStorage.of(folder, "Run again.")) {
        LandResult result = landing.land(storage, periods);
        PinnedPaths.remove(folder);
        LandResult all = result.and(unchanged(source, known, periods));
        boolean silent = periods.isEmpty() && all.current().isEmpty();
        return silent ? all.and(LandResult.silent(source.id())) : all;
      }
    } catch (IOException e) {
      throw PinnedPaths.unwritable(folder, e);
    }
  }

  private static Set<LocalDate> days(
      Source source, Instant now, List<Delivery> known, Set<BillingPeriod> periods) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Set<LocalDate> days = new TreeSet<>();
    for (BillingPeriod period : periods.isEmpty() ? lately(today) : periods) {
      period.firstDay().datesUntil(period.next().firstDay()).forEach(days::add);
    }
    days.removeIf(
        day ->
            !day.isBefore(today)
                || known.stream().anyMatch(d -> PinnedPaths.counts(d, source, day)));
    return days;
  }

  private static Set<BillingPeriod> lately(LocalDate today) {
    return Set.of(BillingPeriod.of(today.minusMonths(1)), BillingPeriod.of(today));
  }

  private static LandResult unchanged(
      Source source, List<Delivery> known, Set<BillingPeriod> periods) {
    List<Delivery> pinned =
        known.stream()
            .filter(d -> PinnedPaths.counts(d, source, d.billingPeriod()))
            .filter(d -> periods.isEmpty() || periods.contains(BillingPeriod.of(d.billingPeriod())))
            .toList();
    return new LandResult(List.of(), List.of(), pinned, List.of(), List.of(), List.of(), List.of());
  }
}
