package costlake.config;

import costlake.core.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes the keys and values of {@code --set} into a generated configuration. */
public final class StoredSets {
  private static final String SOURCES = "sources";

  private StoredSets() {}

  /**
   * Writes values into the files of a configuration folder, so that later commands need no {@code
   * --set}. Comments in a changed file are lost.
   *
   * @param sets dotted keys and their values, e.g. {@code lake.format=delta}
   */
  public static void write(Path folder, Map<String, String> sets) {
    sets.forEach((key, value) -> write(folder, List.of(key.split("\\.")), value));
  }

  private static void write(Path folder, List<String> keys, String value) {
    Path file = file(folder, keys.get(0));
    Map<String, Object> values = Files.exists(file) ? read(file) : new LinkedHashMap<>();
    put(values, keys, value);
    dump(file, values);
  }

  /** Returns the last file with a section, which is the one in force. */
  private static Path file(Path folder, String section) {
    Path found = folder.resolve(section.equals(SOURCES) ? "sources.yml" : "costlake.yml");
    for (String name : Config.FILES) {
      Path file = folder.resolve(name);
      found = Files.exists(file) && read(file).containsKey(section) ? file : found;
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> section, List<String> keys, String value) {
    String key = keys.get(0);
    if (keys.size() == 1) {
      section.put(key, value);
      return;
    }
    if (!(section.get(key) instanceof Map)) {
      section.put(key, new LinkedHashMap<>());
    }
    put((Map<String, Object>) section.get(key), keys.subList(1, keys.size()), value);
  }

  private static void dump(Path file, Map<String, Object> values) {
    DumperOptions block = new DumperOptions();
    block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    try {
      Files.writeString(file, new Yaml(block).dump(values));
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    }
  }

  private static Map<String, Object> read(Path file) {
    try {
      Map<String, Object> values = new Yaml().load(Files.readString(file));
      return values == null ? new LinkedHashMap<>() : values;
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    }
  }
}
