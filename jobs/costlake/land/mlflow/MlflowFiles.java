package costlake.land.mlflow;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the runs from MLflow's file store, usually a folder {@code mlruns}: {@code
 * EXPERIMENT/RUN/meta.yaml} with the folders {@code metrics}, {@code params} and {@code tags}
 * beside it, and {@code models/MODEL/version-N/meta.yaml}.
 */
final class MlflowFiles implements MlflowStore {
  private static final String META = "meta.yaml";
  private static final String MODELS = "models";
  private static final String TRASH = ".trash/";

  /** The states of a run by their numbers in {@code meta.yaml}. */
  private static final Map<String, String> STATES =
      Map.of("1", "RUNNING", "2", "SCHEDULED", "3", "FINISHED", "4", "FAILED", "5", "KILLED");

  /** What a run has, if its {@code meta.yaml} cannot be read. */
  private static final String UNREADABLE = "UNREADABLE";

  private final Storage storage;
  private final Optional<String> checkpointMetric;
  private final int bytesMax;

  /** A line of a metric: the time in milliseconds, the value, and the step. */
  private record Point(long millis, double value, long step) {
    static @Nullable Point parse(String line) {
      String[] parts = line.strip().split(" ", -1);
      try {
        return parts.length < 2
            ? null
            : new Point(
                Long.parseLong(parts[0]),
                number(parts[1]),
                parts.length < 3 ? 0 : Long.parseLong(parts[2]));
      } catch (NumberFormatException e) {
        return null;
      }
    }

    /** Parses a number as Python writes it. */
    private static double number(String text) {
      return switch (text) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    }

    boolean isAfter(@Nullable Point other) {
      return other == null
          || step > other.step
          || (step == other.step && millis > other.millis)
          || (step == other.step && millis == other.millis && value >= other.value);
    }
  }

  /** The files of a run by their path below its folder, and their keys. */
  private record RunFiles(String experiment, String id, Map<String, String> keys) {}

  /**
   * @param columns the configured columns of the source
   * @param bytesMax a longer file is not read
   */
  MlflowFiles(Storage storage, Map<String, String> columns, int bytesMax) {
    this.storage = storage;
    this.bytesMax = bytesMax;
    this.checkpointMetric = CheckpointMetric.of(columns);
  }

  @Override
  public void read(RunRows rows) {
    Map<String, String> experiments = new HashMap<>();
    Map<String, RunFiles> runs = new LinkedHashMap<>();
    for (String key : keys()) {
      String[] parts = (key.startsWith(TRASH) ? key.substring(TRASH.length()) : key).split("/", 3);
      if (parts.length == 2 && parts[1].equals(META)) {
        experiments.put(parts[0], text(meta(key), "name", ""));
      } else if (parts.length == 3 && parts[0].equals(MODELS)) {
        version(key, rows);
      } else if (parts.length == 3) {
        runs.computeIfAbsent(
                parts[0] + "/" + parts[1], any -> new RunFiles(parts[0], parts[1], new TreeMap<>()))
            .keys()
            .put(parts[2], key);
      }
    }
    runs.values().stream()
        .filter(run -> run.keys().containsKey(META))
        .forEach(run -> rows.run(row(run, experiments)));
  }

  @Override
  public void reach() {
    if (keys().stream().noneMatch(key -> key.endsWith("/" + META))) {
      throw Failure.operator(
          """
          Cannot read %s as the runs of MLflow: it has no file meta.yaml. Correct the location in
          sources.yml; it is usually a folder mlruns, or the file of a database of SQLite.
          """,
          storage.address(""));
    }
  }

  private List<String> keys() {
    try {
      return storage.list().stream().map(Storage.Found::key).toList();
    } catch (IOException e) {
      throw FileErrors.of(storage.address(""), e);
    }
  }

  private void version(String key, RunRows rows) {
    if (!key.matches("models/[^/]+/version-[^/]+/meta\\.yaml")) {
      return;
    }
    Map<String, String> meta = meta(key);
    String model = text(meta, "name", "");
    if (!model.isEmpty() && !"Deleted_Internal".equals(text(meta, "current_stage", ""))) {
      rows.version(
          model, text(meta, "version", ""), text(meta, "run_id"), text(meta, "creation_timestamp"));
    }
  }

  private RunRow row(RunFiles run, Map<String, String> experiments) {
    Map<String, String> meta = meta(run.keys().get(META));
    String state = text(meta, "status", "");
    RunRow row =
        new RunRow(text(meta, "run_id", run.id()))
            .with("run_name", text(meta, "run_name"))
            .with("experiment_id", run.experiment())
            .with("experiment_name", experiments.get(run.experiment()))
            .with("user_id", text(meta, "user_id"))
            .with("status", meta.isEmpty() ? UNREADABLE : STATES.getOrDefault(state, state))
            .with("lifecycle_stage", text(meta, "lifecycle_stage"))
            .with("artifact_uri", text(meta, "artifact_uri"))
            .at("started_at", text(meta, "start_time"))
            .at("ended_at", text(meta, "end_time"));
    if (meta.isEmpty()) {
      row.problem("meta.yaml cannot be read");
    }
    run.keys()
        .forEach(
            (name, key) -> {
              below("params/", name)
                  .ifPresent(param -> use(row, key, text -> row.param(param, text.strip())));
              below("tags/", name)
                  .ifPresent(tag -> use(row, key, text -> row.tag(tag, text.strip())));
              below("metrics/", name)
                  .ifPresent(metric -> use(row, key, text -> metric(row, metric, text)));
            });
    return row;
  }

  private void use(RunRow row, String key, Consumer<String> use) {
    content(key)
        .ifPresentOrElse(
            use,
            () ->
                row.problem(
                    key.substring(key.lastIndexOf('/') + 1)
                        + " is longer than limits.record_size_mib_max"));
  }

  private static Optional<String> below(String folder, String name) {
    return name.startsWith(folder)
        ? Optional.of(name.substring(folder.length()))
        : Optional.empty();
  }

  private void metric(RunRow row, String name, String lines) {
    Point last = null;
    List<Long> times = new ArrayList<>();
    for (String line : (Iterable<String>) lines.lines()::iterator) {
      Point point = Point.parse(line);
      if (point == null) {
        row.problem("a line of metric " + name + " cannot be read");
      } else {
        times.add(point.millis());
        last = point.isAfter(last) ? point : last;
      }
    }
    if (last != null) {
      row.metric(name, last.value());
    }
    checkpointMetric.filter(name::equals).ifPresent(any -> row.times(name, times));
  }

  /** Returns the scalars of a file as text, whatever type they claim to have. */
  private Map<String, String> meta(@Nullable String key) {
    try {
      Node meta = new Yaml().compose(new StringReader(content(String.valueOf(key)).orElse("")));
      return meta instanceof MappingNode members ? scalars(members) : Map.of();
    } catch (YAMLException e) {
      return Map.of();
    }
  }

  private static Map<String, String> scalars(MappingNode members) {
    Map<String, String> scalars = new HashMap<>();
    for (NodeTuple member : members.getValue()) {
      if (member.getKeyNode() instanceof ScalarNode name
          && member.getValueNode() instanceof ScalarNode value
          && !value.getTag().equals(Tag.NULL)) {
        scalars.put(name.getValue(), value.getValue());
      }
    }
    return scalars;
  }

  /** Returns the text of a file; empty if the file is too long. */
  private Optional<String> content(String key) {
    try (InputStream bytes = storage.open(key)) {
      byte[] read = bytes.readNBytes(bytesMax + 1);
      return read.length > bytesMax
          ? Optional.empty()
          : Optional.of(new String(read, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw FileErrors.of(storage.address(key), e);
    }
  }

  private static @Nullable String text(Map<String, String> meta, String name) {
    return meta.get(name);
  }

  private static String text(Map<String, String> meta, String name, String otherwise) {
    return Objects.requireNonNullElse(text(meta, name), otherwise);
  }
}
