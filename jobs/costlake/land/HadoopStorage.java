package costlake.land;

import costlake.core.Failure;
import costlake.land.read.Storage;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a file on a file system that Hadoop supports, e.g. {@code gs://} or {@code abfss://}.
 * The settings are the properties {@code spark.hadoop.*} of the configuration. Connectors are not
 * shipped; {@code spark.driver.extraClassPath} lists their jars.
 */
final class HadoopStorage implements Storage {
  private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*");
  private static final Pattern USER_INFO = Pattern.compile("://[^/@]*:[^/@]*@");
  private static final String SETTING = "spark.hadoop.";
  private static final String CLASS_PATH = "spark.driver.extraClassPath";
  private static final String GOOGLE = "com.google.cloud.bigdataoss:gcs-connector:hadoop3-2.2.26";
  private static final String AZURE = "org.apache.hadoop:hadoop-azure:3.4.2";
  private static final Map<String, String> ARTIFACTS =
      Map.of("gs", GOOGLE, "abfs", AZURE, "abfss", AZURE);
  private static final Map<String, String> CLASSES =
      Map.of(
          "fs.gs.impl", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem",
          "fs.abfs.impl", "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem",
          "fs.abfss.impl", "org.apache.hadoop.fs.azurebfs.SecureAzureBlobFileSystem");

  private final Path location;
  private final URI folder;
  private final FileSystem files;

  private HadoopStorage(Path location, FileSystem files) throws IOException {
    this.location = location;
    this.files = files;
    boolean isFile = files.getFileStatus(location).isFile();
    this.folder = (isFile ? location.getParent() : location).toUri();
  }

  static boolean isHadoop(String location) {
    return ADDRESS.matcher(location).matches();
  }

  /**
   * Opens a location.
   *
   * @param properties Spark properties of the configuration
   * @throws Failure with exit code 2 if the file system is unknown or cannot be opened
   */
  static HadoopStorage of(String location, Map<String, String> properties) {
    Path path = new Path(location);
    URI address = path.toUri();
    Configuration settings = settings(properties);
    try {
      FileSystem.getFileSystemClass(address.getScheme(), settings);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw missing(address, e);
    }
    try {
      return opened(path, FileSystem.newInstance(address, settings));
    } catch (FileNotFoundException e) {
      throw Failure.operator(
          e,
          "Cannot read %s: it does not exist. Correct the location in sources.yml.",
          masked(location));
    } catch (NoClassDefFoundError e) {
      throw missing(address, e);
    } catch (IOException | RuntimeException e) {
      throw refused(location, e);
    }
  }

  private static HadoopStorage opened(Path location, FileSystem files) throws IOException {
    try {
      return new HadoopStorage(location, files);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static Configuration settings(Map<String, String> properties) {
    Configuration settings = new Configuration();
    CLASSES.forEach(settings::setIfUnset);
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(SETTING)) {
            settings.set(key.substring(SETTING.length()), value);
          }
        });
    String classPath = properties.getOrDefault(CLASS_PATH, "");
    if (!classPath.isBlank()) {
      settings.setClassLoader(
          new URLClassLoader(urls(classPath), HadoopStorage.class.getClassLoader()));
    }
    return settings;
  }

  /** Returns the jars of a class path. {@code folder/*} means all jars of the folder. */
  private static URL[] urls(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .flatMap(entry -> jars(entry).stream())
        .map(HadoopStorage::url)
        .toArray(URL[]::new);
  }

  private static List<java.nio.file.Path> jars(String entry) {
    boolean all = entry.endsWith("/*");
    java.nio.file.Path path =
        java.nio.file.Path.of(all ? entry.substring(0, entry.length() - 2) : entry);
    try (Stream<java.nio.file.Path> files = all ? Files.list(path) : Stream.of(path.toRealPath())) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot find %s, which %s names. Correct spark.properties in costlake.yml.",
          path,
          CLASS_PATH);
    }
  }

  private static URL url(java.nio.file.Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Failure missing(URI address, Throwable cause) {
    String artifact = ARTIFACTS.get(address.getScheme());
    if (artifact == null) {
      return Failure.operator(
          cause,
          """
          Cannot read %s: no file system is known for %s://. Correct the location in sources.yml, or
          set spark.hadoop.fs.%s.impl and spark.driver.extraClassPath below spark.properties in
          costlake.yml.
          """,
          masked(address),
          address.getScheme(),
          address.getScheme());
    }
    return Failure.operator(
        cause,
        """
        Cannot read %s: its connector is missing or incomplete (%s). Download %s with its
        dependencies, and list the jars in spark.driver.extraClassPath below spark.properties in
        costlake.yml; docs/formats.md says how.
        """,
        masked(address),
        cause.getMessage(),
        artifact);
  }

  /** Replaces the user name and password in an address, because they may be keys. */
  private static String masked(@Nullable Object text) {
    return USER_INFO.matcher(String.valueOf(text)).replaceAll("://***@");
  }

  private static Failure refused(Object location, Exception cause) {
    return Failure.operator(
        cause,
        """
        Cannot list %s: %s. Check the location in sources.yml, and the settings and credentials in
        spark.properties of costlake.yml.
        """,
        masked(location),
        masked(cause.getMessage()));
  }

  @Override
  public List<Found> list() {
    try {
      List<Found> found = new ArrayList<>();
      RemoteIterator<LocatedFileStatus> all = files.listFiles(location, true);
      while (all.hasNext()) {
        found.add(found(all.next()));
      }
      found.sort(Comparator.comparing(Found::key));
      return found;
    } catch (IOException | RuntimeException e) {
      throw refused(location, e);
    }
  }

  private Found found(FileStatus file) {
    String path = file.getPath().toUri().getPath();
    return new Found(
        path.substring(below().length()),
        file.getLen(),
        version(file),
        Instant.ofEpochMilli(file.getModificationTime()));
  }

  /** Returns the path of the folder, with a slash at its end. */
  private String below() {
    return folder.getPath().replaceFirst("/*$", "/");
  }

  private static String version(FileStatus file) {
    String tag = file instanceof EtagSource tagged ? tagged.getEtag() : null;
    return tag == null ? Long.toString(file.getModificationTime()) : tag;
  }

  /**
   * Builds the path from its parts, because Hadoop would read a colon in a relative path as a
   * scheme.
   */
  private Path path(String key) {
    return new Path(folder.getScheme(), folder.getAuthority(), below() + key);
  }

  @Override
  public InputStream open(String key) throws IOException {
    return files.open(path(key));
  }

  @Override
  public String state(String key) throws IOException {
    FileStatus now = files.getFileStatus(path(key));
    return version(now) + " " + now.getLen();
  }

  @Override
  public String address(String key) {
    return masked(path(key));
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
