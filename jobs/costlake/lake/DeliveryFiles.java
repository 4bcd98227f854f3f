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
 * The deliveries that publications are made of, each in one file named by the checksum of its
 * content. Most deliveries of a publication are those of the one before, so an entry of the journal
 * names them instead of listing all their files again.
 */
final class DeliveryFiles {
  private final ChecksumFiles files;
  private final Map<String, Delivery> known = new ConcurrentHashMap<>();

  DeliveryFiles(Path folder) {
    this.files = new ChecksumFiles(folder);
  }

  /** Writes a delivery where it is new, and gives the name of its file. */
  String keep(Delivery delivery) {
    return files.keep(delivery);
  }

  /** A delivery, by the name of its file. */
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
