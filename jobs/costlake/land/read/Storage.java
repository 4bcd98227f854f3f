package costlake.land.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The location of a source: a folder, a single file, or a prefix of a bucket. */
public interface Storage extends AutoCloseable {

  /**
   * A file at the location.
   *
   * @param key path below the location, with slashes
   * @param version a value that changes if the bytes change: the time of the last change, or the
   *     ETag that the object store gave the file
   * @param modified time of the last change; object stores know it to the second
   */
  record Found(String key, long bytes, String version, Instant modified) {
    /** Returns the part of the key after the last slash. */
    public String name() {
      return key.substring(key.lastIndexOf('/') + 1);
    }
  }

  /** Lists all files at the location, in the order of their keys. */
  List<Found> list() throws IOException;

  /** Opens one file. */
  InputStream open(String key) throws IOException;

  /**
   * Returns a value that changes if a file changes between two calls. It is constant if a read
   * always returns the bytes of one version, as object stores do.
   */
  default String state(String key) throws IOException {
    return "";
  }

  /** Returns the local path of a file; empty if the file is not on a local disk. */
  default Optional<Path> local(String key) {
    return Optional.empty();
  }

  /** Returns the address of one file, for messages. */
  String address(String key);

  @Override
  void close();
}
