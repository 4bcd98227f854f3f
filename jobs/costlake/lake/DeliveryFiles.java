package costlake.lake;

import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deliveries of publications, each in one file named by the checksum of its content. Entries of
 * the journal contain only these names, because most deliveries of a publication are also in the
 * publication before it.
 */
final class DeliveryFiles {
  private final ChecksumFiles files;
  private final Map<String, Delivery> known = new ConcurrentHashMap<>();

  DeliveryFiles(Path folder) {
    this.files = new ChecksumFiles(folder);
  }

  /** Writes a delivery if it is new. Returns the name of its file. */
  String keep(Delivery delivery) {
    return files.keep(delivery);
  }

  /** Reads a delivery from the file with this name. */
  Delivery read(String name) {
    return known.computeIfAbsent(name, this::load);
  }

  private Delivery load(String name) {
    try {
      return JournalFiles.JSON.readValue(files.read(name), Delivery.class);
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot read the journal %s: %s", files.file(name), FileErrors.why(e));
    }
  }

  /** Removes the files of deliveries that no publication names. */
  void keepOnly(Set<String> names) {
    files.keepOnly(names);
  }
}
