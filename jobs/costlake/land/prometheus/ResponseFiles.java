package costlake.land.prometheus;

import costlake.compress.Compression;
import costlake.config.SourceKind;
import costlake.land.read.Storage;
import costlake.telemetry.Telemetry;
import costlake.telemetry.prometheus.ResponseSummary;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Groups files with responses of Prometheus by day. The files are {@code <day>/<metric>.json}, with
 * one folder per UTC day, or they are in one folder and may contain samples of any days.
 */
public final class ResponseFiles {
  private static final Pattern DAY = Pattern.compile("(?:.*/)?(\\d{4}-\\d{2}-\\d{2})/[^/]+");

  private ResponseFiles() {}

  /**
   * Returns the files of each day. If the folder does not state the day, a file belongs to every
   * day of its samples. Files that telemetry does not read are left out.
   *
   * @param kind kind of the source, which names the families that read the files
   * @param sampled returns the days of the samples of a file
   */
  public static Map<LocalDate, List<Storage.Found>> byDay(
      SourceKind kind, List<Storage.Found> found, Function<Storage.Found, Set<LocalDate>> sampled) {
    Map<LocalDate, List<Storage.Found>> days = new TreeMap<>();
    for (Storage.Found object : found) {
      if (Telemetry.isRead(kind, object.name())) {
        day(object.key())
            .map(Set::of)
            .orElseGet(() -> sampled.apply(object))
            .forEach(day -> days.computeIfAbsent(day, any -> new ArrayList<>()).add(object));
      }
    }
    return days;
  }

  /** Returns the days of the samples; the bytes may be compressed. */
  public static Set<LocalDate> days(String place, InputStream bytes) throws IOException {
    return ResponseSummary.days(place, Compression.content(place, bytes));
  }

  /**
   * Counts the samples. This reads the whole response, so it fails if the response is truncated.
   */
  public static long samples(String place, InputStream bytes) throws IOException {
    return ResponseSummary.samples(place, Compression.content(place, bytes));
  }

  private static Optional<LocalDate> day(String key) {
    Matcher matcher = DAY.matcher(key);
    try {
      return matcher.matches() ? Optional.of(LocalDate.parse(matcher.group(1))) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
