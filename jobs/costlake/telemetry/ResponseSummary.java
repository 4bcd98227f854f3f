package costlake.telemetry;

import costlake.core.Failure;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/** Facts of one file of answers, read before it is pinned. */
public final class ResponseSummary {
  private ResponseSummary() {}

  /** Whether a file of this name is read; its name up to the first dot must be a metric. */
  public static boolean isRead(String name) {
    return Metric.ofFile(name).isPresent();
  }

  /**
   * The UTC days of the samples, for a folder that is not laid out by day.
   *
   * @param place for messages
   * @throws Failure with exit code 3 if the bytes are no whole answer
   */
  public static Set<LocalDate> days(String place, InputStream bytes) {
    Set<LocalDate> days = new TreeSet<>();
    PrometheusResponseReader.read(
        place,
        bytes,
        (labels, samples) ->
            samples
                .times()
                .mapToObj(time -> LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC))
                .forEach(days::add));
    return days;
  }

  /**
   * Samples of a file, which proves that it can be read to its end.
   *
   * @param place for messages
   * @throws Failure with exit code 3 if the bytes are no whole answer
   */
  public static long samples(String place, InputStream bytes) {
    long[] count = {0};
    PrometheusResponseReader.read(place, bytes, (labels, samples) -> count[0] += samples.size());
    return count[0];
  }
}
