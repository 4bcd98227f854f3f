package costlake.telemetry;

import costlake.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where answers lie before they are pinned: a folder a day, or one flat folder. */
public final class TelemetryFolder {
  private TelemetryFolder() {}

  /**
   * The files of each day. A folder named by its day holds that day; in a flat folder the samples
   * tell the days, and a file belongs to every day that it has samples of. Files of other names are
   * passed over.
   *
   * @throws Failure of the operator's family when there is no folder or nothing in it; of the data
   *     family when a file of a flat folder is no answer
   */
  public static SortedMap<LocalDate, List<Path>> days(Path location) {
    SortedMap<LocalDate, List<Path>> days = new TreeMap<>();
    for (Path entry : list(location)) {
      Optional<LocalDate> named = Files.isDirectory(entry) ? day(entry) : Optional.empty();
      if (named.isPresent()) {
        days.put(named.get(), list(entry).stream().filter(TelemetryFolder::isRead).toList());
      } else if (isRead(entry)) {
        sampled(entry)
            .forEach(day -> days.computeIfAbsent(day, any -> new ArrayList<>()).add(entry));
      }
    }
    if (days.isEmpty()) {
      throw Failure.operator(
          "Cannot find answers in "
              + location
              + ": expected folders named by their day, e.g. 2026-09-14, or files such as"
              + " pod-usage-cpu-cores.json. docs/telemetry.md lists the names.");
    }
    return days;
  }

  private static Optional<LocalDate> day(Path folder) {
    try {
      return Optional.of(LocalDate.parse(folder.getFileName().toString()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isRead(Path file) {
    return Files.isRegularFile(file) && Metric.ofFile(file.toString()).isPresent();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw Failure.operator(
          "Cannot list " + folder + ": it is no folder that can be read. Check the location.", e);
    }
  }

  private static Set<LocalDate> sampled(Path file) {
    Set<LocalDate> days = new TreeSet<>();
    read(
        file,
        (labels, samples) ->
            samples
                .times()
                .mapToObj(time -> LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC))
                .forEach(days::add));
    return days;
  }

  /**
   * Samples that a file holds, which proves that it can be read to its end.
   *
   * @throws Failure of the data family when it cannot
   */
  public static long samples(Path file) {
    long[] count = {0};
    read(file, (labels, samples) -> count[0] += samples.size());
    return count[0];
  }

  private static void read(Path file, PromAnswer.Sink sink) {
    try (InputStream bytes = Telemetry.open(file.toString())) {
      PromAnswer.read(file.toString(), bytes, sink);
    } catch (IOException e) {
      throw Failure.operator("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
