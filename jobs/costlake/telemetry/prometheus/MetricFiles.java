package costlake.telemetry.prometheus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The metrics of a family of telemetry, by the names of their files. */
public final class MetricFiles {
  private final List<Metric> all;
  private final Map<String, Metric> byName;

  /** Creates the files of metrics whose files have different names. */
  public MetricFiles(List<Metric> metrics) {
    this.all = List.copyOf(metrics);
    this.byName = all.stream().collect(Collectors.toMap(Metric::file, Function.identity()));
  }

  /** All metrics, in the order in which they are queried. */
  public List<Metric> all() {
    return all;
  }

  /**
   * Finds the metric of a file by the name of the file up to the first dot. {@code
   * node-labels.2.json}, for example, is a second response to the query of {@code node-labels}.
   */
  public Optional<Metric> ofFile(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = name.indexOf('.');
    return Optional.ofNullable(byName.get(dot < 0 ? name : name.substring(0, dot)));
  }
}
