package costlake.telemetry.prometheus;

import costlake.core.Failure;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/** Reads the days and the number of samples of a response file, before the file is pinned. */
public final class ResponseSummary {
  private ResponseSummary() {}

  /**
   * Returns the UTC days of the samples. Needed for a folder that has no subfolder for each day.
   *
   * @param place name of the file in messages
   * @throws Failure with exit code 3 if the file is not a complete response
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
   * Reads a response to its end.
   *
   * @param place name of the response in messages
   * @throws Failure with exit code 3 if it is not a complete response, or if the server warns that
   *     samples may be missing
   */
  public static void check(String place, InputStream bytes) {
    PrometheusResponseReader.check(place, bytes);
  }

  /**
   * Counts the samples of a file. Reads the file to its end, so the response is known to be
   * complete.
   *
   * @param place name of the file in messages
   * @throws Failure with exit code 3 if the file is not a complete response
   */
  public static long samples(String place, InputStream bytes) {
    long[] count = {0};
    PrometheusResponseReader.read(place, bytes, (labels, samples) -> count[0] += samples.size());
    return count[0];
  }
}
