package costlake.config;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.OwnFiles;
import costlake.core.TextFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the files of the kinds of sources. Paths begin with {@code sources/}. */
public final class SourceFiles {
  static final String ROOT = "sources/";
  private static final List<String> ENDINGS = List.of(".yml", ".csv", ".sql");
  private static final String KIND = "kind.yml";
  private static final String FIXTURE = "/fixture/";

  private SourceFiles() {}

  /** Reads the files of a working copy. */
  public static SortedMap<String, String> below(Path root) {
    SortedMap<String, String> texts = new TreeMap<>();
    add(TextFiles.of(root.resolve(ROOT), ENDINGS), texts);
    return texts;
  }

  /**
   * Reads all folders {@code sources} on the class path, and that of the user. If two folders of
   * the class path contain the same path, the first file counts.
   *
   * @throws Failure with exit code 2 if the user has a kind with the name of another
   */
  public static SortedMap<String, String> embedded() {
    SortedMap<String, String> texts = ofProgram();
    ownKinds().forEach(kind -> addOwn(kind, texts));
    return texts;
  }

  /** Returns the folders of the user that describe a kind. */
  private static List<Path> ownKinds() {
    Optional<Path> folder = OwnFiles.folder(ROOT);
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> kinds = Files.list(folder.get())) {
      return kinds.filter(kind -> Files.exists(kind.resolve(KIND))).sorted().toList();
    } catch (IOException e) {
      throw FileErrors.of(folder.get(), e);
    }
  }

  private static void addOwn(Path kind, SortedMap<String, String> texts) {
    String folder = ROOT + kind.getFileName() + "/";
    if (texts.containsKey(folder + KIND)) {
      throw Failure.operator(
          "Cannot read the kind of source %s: Costlake has a kind of this name. Rename the folder",
          kind);
    }
    TextFiles.of(kind, ENDINGS).forEach((path, text) -> texts.put(folder + path, text));
  }

  private static SortedMap<String, String> ofProgram() {
    SortedMap<String, String> texts = new TreeMap<>();
    try {
      for (URL root :
          Collections.list(SourceFiles.class.getClassLoader().getResources("sources"))) {
        add(TextFiles.of(root, ENDINGS), texts);
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded kinds of sources", e);
    }
  }

  private static void add(SortedMap<String, String> found, SortedMap<String, String> texts) {
    found.forEach(
        (path, text) -> {
          if (!path.contains(FIXTURE)) {
            texts.putIfAbsent(ROOT + path, text);
          }
        });
  }
}
