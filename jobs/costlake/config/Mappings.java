package costlake.config;

import costlake.core.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the mappings of the sources from the folder mappings of a configuration. */
final class Mappings {
  private static final String ENDING = ".yml";

  private Mappings() {}

  /** Returns the mapping of each source that still delivers, by the id of the source. */
  static Map<String, UserMapping> of(List<Source> sources, Settings settings, Problems problems) {
    Map<String, UserMapping> mappings = new HashMap<>();
    Path folder = settings.home().resolve(UserMappingReader.FOLDER);
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      if (source.mapping() == null || source.retired()) {
        continue;
      }
      Path file = folder.resolve(source.mapping() + ENDING);
      if (Files.exists(file)) {
        UserMappingReader.text(file, problems)
            .flatMap(text -> UserMappingReader.of(text, problems))
            .ifPresent(mapping -> mappings.put(source.id(), mapping));
      } else {
        problems.add(
            settings.origin("sources[" + i + "].mapping"),
            "mapping '%s' is not in %s.%s"
                .formatted(
                    source.mapping(), folder, Nearest.hint(source.mapping(), names(folder))));
      }
    }
    return mappings;
  }

  private static List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    for (Path file : UnusedFiles.files(folder, ENDING)) {
      String name = file.getFileName().toString();
      names.add(name.substring(0, name.length() - ENDING.length()));
    }
    return names;
  }
}
