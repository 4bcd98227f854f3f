package costlake.land.read;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Formats in which a relation delivers dates and times; rows are read with them as ISO 8601. */
final class TimeFormats {
  static final List<String> ISO = List.of("iso");

  private static final Map<String, DateTimeFormatter> KNOWN = new ConcurrentHashMap<>();

  private TimeFormats() {}

  static boolean isIsoAlone(List<String> formats) {
    return formats.isEmpty() || formats.equals(ISO);
  }

  /** The text as ISO 8601 if it already is, or if one of the other formats reads it. */
  static Optional<String> iso(List<String> formats, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (ValueChecks.time(bytes, 0, bytes.length)) {
      return Optional.of(text);
    }
    return formats.stream()
        .filter(format -> !ISO.contains(format))
        .flatMap(format -> parsed(format, text).stream())
        .findFirst();
  }

  private static Optional<String> parsed(String format, String text) {
    try {
      TemporalAccessor time =
          KNOWN
              .computeIfAbsent(format, pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT))
              .parse(text);
      LocalDate day = time.query(TemporalQueries.localDate());
      LocalTime clock = time.query(TemporalQueries.localTime());
      return Optional.ofNullable(day)
          .map(date -> clock == null ? date.toString() : date + "T" + seconds(clock));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String seconds(LocalTime clock) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(clock);
  }
}
