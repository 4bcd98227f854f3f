package costlake.telemetry.prometheus;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.telemetry.series.DeliveredSeries;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/** Reads the series in the response files of one delivery. */
public final class DeliveredResponses {
  /** Opens a delivered file. */
  public interface Opener {
    /** Opens the file with this path. */
    InputStream open(String path) throws IOException;
  }

  private DeliveredResponses() {}

  /** Reads the files that are named after a metric. Ignores other files. */
  public static DeliveredSeries read(Collection<String> files, MetricFiles metrics, Opener opener) {
    DeliveredSeries all = new DeliveredSeries();
    for (String file : files) {
      metrics.ofFile(file).ifPresent(metric -> read(file, metric, opener, all));
    }
    return all;
  }

  private static void read(String file, Metric metric, Opener opener, DeliveredSeries all) {
    all.queried(metric.quantity());
    try (InputStream bytes = new BufferedInputStream(opener.open(file))) {
      int negatives =
          PrometheusResponseReader.read(
              file, bytes, (labels, samples) -> all.add(metric.quantity(), labels, samples));
      all.addNegatives(metric.file(), negatives);
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot read %s: %s. The file belongs to a delivery: land the source again.",
          file,
          FileErrors.why(e));
    }
  }
}
