package costlake.land.prometheus;

import costlake.land.read.Storage;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers laid out as {@code <day>/<metric>.json}, one folder a UTC day. */
public final class AnswerFiles {
  private static final Pattern DAY = Pattern.compile("(?:.*/)?(\\d{4}-\\d{2}-\\d{2})/[^/]+");

  private AnswerFiles() {}

  /** The files of each day; a file outside a day's folder belongs to none. */
  public static Map<LocalDate, List<Storage.Found>> byDay(List<Storage.Found> found) {
    Map<LocalDate, List<Storage.Found>> days = new TreeMap<>();
    for (Storage.Found object : found) {
      String name = object.name();
      if (name.endsWith(".json") || name.endsWith(".json.gz")) {
        day(object.key())
            .ifPresent(day -> days.computeIfAbsent(day, any -> new ArrayList<>()).add(object));
      }
    }
    return days;
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
