package costlake.model;

import costlake.config.SourceFiles;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Texts of models, contracts, macros and cases, by path.
 *
 * @param models paths begin with {@code models/}
 * @param cases paths begin with {@code tests/models/}
 * @param kinds the kinds of sources whose relations models read
 */
record ModelFiles(
    SortedMap<String, String> models, SortedMap<String, String> cases, List<SourceKind> kinds) {

  /** Files of a working copy. */
  static ModelFiles below(Path root) {
    return new ModelFiles(
        read(root.resolve("models"), "models/"),
        read(root.resolve("tests").resolve("models"), "tests/models/"),
        SourceKinds.read(SourceFiles.below(root)));
  }

  /** Files that travel with the program. */
  static ModelFiles embedded() {
    URL anchor = ModelFiles.class.getResource("/models/inputs.yml");
    try {
      URI uri = anchor.toURI();
      if (!uri.getScheme().equals("jar")) {
        Path root = Folders.above(Folders.above(Path.of(uri)));
        return new ModelFiles(
            read(root.resolve("models"), "models/"),
            read(root.resolve("model-cases"), "tests/models/"),
            SourceKinds.all());
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return new ModelFiles(
            read(jar.getPath("/models"), "models/"),
            read(jar.getPath("/model-cases"), "tests/models/"),
            SourceKinds.all());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot locate " + anchor, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded models", e);
    }
  }

  private static SortedMap<String, String> read(Path folder, String prefix) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        String relative = folder.relativize(file).toString().replace('\\', '/');
        if (relative.endsWith(".sql") || relative.endsWith(".yml")) {
          texts.put(prefix + relative, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read models below " + folder, e);
    }
    return texts;
  }
}
