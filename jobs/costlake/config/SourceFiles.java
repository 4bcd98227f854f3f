package costlake.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that describe kinds of sources, by their path from {@code sources/} on. */
public final class SourceFiles {
  static final String ROOT = "sources/";
  private static final List<String> ENDINGS = List.of(".yml", ".csv", ".sql");
  private static final String FIXTURE = "/fixture/";

  private SourceFiles() {}

  /** Files of a working copy. */
  public static SortedMap<String, String> below(Path root) {
    SortedMap<String, String> texts = new TreeMap<>();
    read(root.resolve(ROOT), texts);
    return texts;
  }

  /** Files of every folder {@code sources} on the class path; of two equal paths the first. */
  public static SortedMap<String, String> embedded() {
    SortedMap<String, String> texts = new TreeMap<>();
    try {
      for (URL root :
          Collections.list(SourceFiles.class.getClassLoader().getResources("sources"))) {
        read(root, texts);
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded kinds of sources", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot locate the embedded kinds of sources", e);
    }
  }

  private static void read(URL root, SortedMap<String, String> texts)
      throws IOException, URISyntaxException {
    URLConnection connection = root.openConnection();
    if (connection instanceof JarURLConnection inJar) {
      URI archive = inJar.getJarFileURL().toURI();
      try (FileSystem jar = FileSystems.newFileSystem(Path.of(archive))) {
        read(jar.getPath("/" + inJar.getEntryName()), texts);
      }
    } else {
      read(Path.of(root.toURI()), texts);
    }
  }

  private static void read(Path folder, SortedMap<String, String> texts) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        String path = ROOT + folder.relativize(file).toString().replace('\\', '/');
        if (ENDINGS.stream().anyMatch(path::endsWith) && !path.contains(FIXTURE)) {
          texts.putIfAbsent(path, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the kinds of sources below " + folder, e);
    }
  }
}
