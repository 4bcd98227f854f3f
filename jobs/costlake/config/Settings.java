package costlake.config;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The merged values of a configuration, each as written and with its origin. */
public final class Settings {
  private static final String SOURCES = "sources";
  private static final Pattern YAML_FILE = Pattern.compile("[^.].*\\.ya?ml");

  private final ConfigValue.Section entries;
  private final Path home;

  Settings(ConfigValue.Section entries, Path home) {
    this.entries = entries;
    this.home = home;
  }

  static Settings read(Path folder, @Nullable String environment, Map<String, String> sets) {
    if (!Files.isDirectory(folder)) {
      throw Failure.operator(
          """
          Cannot find the configuration folder %s: name it with --conf DIR, or run './costlake demo' to
          make one
          """,
          folder);
    }
    Problems problems = new Problems();
    ConfigValue merged = Config.embedded(problems);
    for (String file : Config.FILES) {
      Path path = folder.resolve(file);
      if (Files.exists(path)) {
        merged = merged.overlaid(Yaml.read(path, problems));
      }
    }
    misplacedSources(folder, problems);
    if (environment != null) {
      merged = merged.overlaid(Yaml.read(environmentFile(folder, environment), problems));
    }
    for (Map.Entry<String, String> set : sets.entrySet()) {
      merged = merged.overlaid(nested(set.getKey(), set.getValue()));
    }
    problems.throwIfAny();
    return new Settings((ConfigValue.Section) merged, folder.toAbsolutePath().normalize());
  }

  /**
   * Reports sources outside sources.yml. The sources in sources.yml would replace them, or they
   * would be ignored.
   */
  private static void misplacedSources(Path folder, Problems problems) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> YAML_FILE.matcher(file.getFileName().toString()).matches())
          .filter(file -> !file.endsWith(SOURCES + ".yml"))
          .sorted()
          .map(file -> Yaml.read(file, new Problems()).entries().get(SOURCES))
          .filter(Objects::nonNull)
          .forEach(
              sources ->
                  problems.add(
                      sources.origin(),
                      "'sources' belongs in sources.yml. Move the sources there"));
    } catch (IOException e) {
      problems.add(Origin.whole(folder.toString()), "cannot be listed: " + FileErrors.why(e));
    }
  }

  private static Path environmentFile(Path folder, String environment) {
    Path file = folder.resolve("env").resolve(environment + ".yml");
    if (!Files.exists(file)) {
      List<String> known = environments(folder);
      throw Failure.operator(
          "Cannot find %s for --env %s.%s", file, environment, Nearest.hint(environment, known));
    }
    return file;
  }

  private static List<String> environments(Path folder) {
    Path env = folder.resolve("env");
    if (!Files.isDirectory(env)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(env)) {
      return files.map(f -> f.getFileName().toString().replaceFirst("\\.yml$", "")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConfigValue nested(String dottedKey, String value) {
    Origin origin = Origin.whole("--set " + dottedKey);
    ConfigValue entry = new ConfigValue.Scalar(value, origin);
    List<String> keys = new ArrayList<>(List.of(dottedKey.split("\\.")));
    while (!keys.isEmpty()) {
      entry = new ConfigValue.Section(Map.of(keys.remove(keys.size() - 1), entry), origin);
    }
    return entry;
  }

  /**
   * Returns one line {@code key = value # origin} for each value. A secret appears as the name of
   * its variable.
   */
  public List<String> lines() {
    Map<String, ConfigValue.Scalar> flat = new LinkedHashMap<>();
    flatten("", entries, flat);
    return flat.entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue().text() + "  # " + e.getValue().origin())
        .toList();
  }

  private static void flatten(
      String path, ConfigValue entry, Map<String, ConfigValue.Scalar> into) {
    if (entry instanceof ConfigValue.Scalar scalar) {
      into.put(path, scalar);
    } else if (entry instanceof ConfigValue.Section section) {
      section.entries().forEach((key, value) -> flatten(Binder.join(path, key), value, into));
    } else if (entry instanceof ConfigValue.Items items) {
      for (int i = 0; i < items.entries().size(); i++) {
        flatten(path + "[" + i + "]", items.entries().get(i), into);
      }
    }
  }

  /** Returns a value as written, given a path such as {@code pools[1].driver}. */
  Optional<String> written(String path) {
    Map<String, ConfigValue.Scalar> flat = new LinkedHashMap<>();
    flatten("", entries, flat);
    return Optional.ofNullable(flat.get(path)).map(ConfigValue.Scalar::text);
  }

  /** Returns the file and line of a value, given a path such as {@code pools[1].driver}. */
  Origin origin(String path) {
    Map<String, ConfigValue.Scalar> flat = new LinkedHashMap<>();
    flatten("", entries, flat);
    return flat.entrySet().stream()
        .filter(
            e ->
                e.getKey().equals(path)
                    || e.getKey().startsWith(path + ".")
                    || e.getKey().startsWith(path + "["))
        .map(e -> e.getValue().origin())
        .findFirst()
        .orElseGet(() -> Origin.whole(home.toString()));
  }

  /** Returns the place of a key; if it is not written, the place of its section. */
  Origin nearestOrigin(String path) {
    return Stream.of(path, path.replaceFirst("\\.[^.]*$", ""))
        .map(this::origin)
        .filter(origin -> origin.line() > 0)
        .findFirst()
        .orElseGet(() -> origin(path));
  }

  ConfigValue.Section entries() {
    return entries;
  }

  Path home() {
    return home;
  }
}
