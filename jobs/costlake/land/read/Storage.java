package costlake.land.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The place that a source delivers to: a folder, a single file, a bucket. */
public interface Storage extends AutoCloseable {

  /**
   * An object at the place.
   *
   * @param key path below the place, with slashes
   * @param version changes when the bytes change: time of the last change, or the store's tag
   */
  record Found(String key, long bytes, String version) {
    /** The part behind the last slash. */
    public String name() {
      return key.substring(key.lastIndexOf('/') + 1);
    }
  }

  /** All objects at the place, in the order of their keys. */
  List<Found> list() throws IOException;

  /** The bytes of one object. */
  InputStream open(String key) throws IOException;

  /**
   * A value that changes if an object changes between two reads; constant if a read returns the
   * bytes of one version, as object stores do.
   */
  default String state(String key) throws IOException {
    return "";
  }

  /** The object as a local file, where it is one. */
  default Optional<Path> local(String key) {
    return Optional.empty();
  }

  /** The address of one object, for messages. */
  String address(String key);

  @Override
  void close();
}
