package costlake.config;

import costlake.core.TextFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the files of the kinds of sources. Paths begin with {@code sources/}. */
public final class SourceFiles {
  static final String ROOT = "sources/";
  private static final List<String> ENDINGS = List.of(".yml", ".csv", ".sql");
  private static final String FIXTURE = "/fixture/";

  private SourceFiles() {}

  /** Reads the files of a working copy. */
  public static SortedMap<String, String> below(Path root) {
    SortedMap<String, String> texts = new TreeMap<>();
    add(TextFiles.of(root.resolve(ROOT), ENDINGS), texts);
    return texts;
  }

  /**
   * Reads all folders {@code sources} on the class path. If two folders contain the same path, the
   * first file counts.
   */
  public static SortedMap<String, String> embedded() {
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
