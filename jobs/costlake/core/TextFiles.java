package costlake.core;

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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the text files of a folder, which may be in a jar. */
public final class TextFiles {
  private TextFiles() {}

  /**
   * Reads a folder of the class path.
   *
   * @param folder a URL that the class loader returned
   * @param endings ends of the names of the files to read
   * @return the texts, by their paths relative to the folder, with slashes
   */
  public static SortedMap<String, String> of(URL folder, List<String> endings) {
    try {
      URLConnection connection = folder.openConnection();
      if (!(connection instanceof JarURLConnection inJar)) {
        return of(Path.of(folder.toURI()), endings);
      }
      URI archive = inJar.getJarFileURL().toURI();
      try (FileSystem jar = FileSystems.newFileSystem(Path.of(archive))) {
        return of(jar.getPath("/" + inJar.getEntryName()), endings);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot locate " + folder, e);
    }
  }

  /**
   * Reads a folder. Returns the texts by their paths relative to the folder; none if the folder
   * does not exist.
   */
  public static SortedMap<String, String> of(Path folder, List<String> endings) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        if (endings.stream().anyMatch(path::endsWith)) {
          texts.put(path, Files.readString(file));
        }
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the files below " + folder, e);
    }
  }
}
