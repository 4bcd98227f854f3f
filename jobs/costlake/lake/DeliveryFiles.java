package costlake.lake;

import costlake.core.AtomicFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import costlake.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The deliveries that publications are made of, each in one file named by the checksum of its
 * content. Most deliveries of a publication are those of the one before, so an entry of the journal
 * names them instead of listing all their files again.
 */
final class DeliveryFiles {
  private final Path folder;
  private final Map<String, Delivery> known = new ConcurrentHashMap<>();

  DeliveryFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes a delivery where it is new, and gives the name of its file. */
  String keep(Delivery delivery) {
    try {
      String content = JournalFiles.JSON.writeValueAsString(delivery);
      String name = Sha256.hex(content) + ".json";
      if (!Files.exists(folder.resolve(name))) {
        AtomicFile.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
      }
      return name;
    } catch (IOException e) {
      throw WriteErrors.failure("write the journal", Folders.above(folder).toString(), e);
    }
  }

  /** A delivery, by the name of its file. */
  Delivery read(String name) {
    return known.computeIfAbsent(name, this::load);
  }

  private Delivery load(String name) {
    try {
      return JournalFiles.JSON.readValue(folder.resolve(name).toFile(), Delivery.class);
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot read the journal %s: %s", folder.resolve(name), FileErrors.why(e));
    }
  }

  /** Removes the files of deliveries that no publication names. */
  void keepOnly(Set<String> names) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> !names.contains(f.getFileName().toString())).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
