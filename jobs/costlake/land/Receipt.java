package costlake.land;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import costlake.config.Config;
import costlake.config.MappingText;
import costlake.config.ReadingFacts;
import costlake.core.AtomicFile;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Reject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of a pinned delivery, written beside its files when the copy is complete.
 *
 * @param fingerprint {@link Export#fingerprint} of the export
 * @param contentId {@link FileDigest#contentId} of the files
 * @param files the pinned files, with paths below the folder of the receipt
 * @param notices messages to the operator about the delivery
 * @param mapping the user's mapping with which it landed; or null
 * @param readBy {@link ReadingFacts} of its counts; empty if an earlier version wrote the receipt
 */
record Receipt(
    String sourceId,
    String kind,
    String period,
    String deliveryId,
    String fingerprint,
    String contentId,
    String landedAt,
    List<DeliveredFile> files,
    List<Reject> rejects,
    List<String> notices,
    @Nullable MappingText mapping,
    Map<String, String> readBy) {
  private static final String NAME = "_delivery.json";

  /** Number of folders between the root of the pins and the files: source, period, delivery. */
  private static final int FOLDERS = 3;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  Receipt {
    notices = notices == null ? List.of() : List.copyOf(notices);
    readBy = readBy == null ? Map.of() : Map.copyOf(readBy);
  }

  /** Reads the receipts of all pinned deliveries below a folder, in the order of folder names. */
  static List<Receipt> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> pins = Files.list(folder)) {
      return pins.sorted()
          .map(pin -> pin.resolve(NAME))
          .filter(Files::exists)
          .map(Receipt::read)
          .toList();
    } catch (IOException e) {
      throw FileErrors.of("the pinned deliveries below " + folder, e);
    }
  }

  private static Receipt read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Receipt.class);
    } catch (IOException e) {
      throw FileErrors.isCause(e)
          ? FileErrors.of("the pinned deliveries below " + file.getParent(), e)
          : Failure.internal(
              e,
              "Cannot read the pinned deliveries below %s: a file %s is damaged. Restore it from the"
                  + " backup.",
              file.getParent(),
              NAME);
    }
  }

  /**
   * Returns the mapping with which a delivery was pinned.
   *
   * @throws costlake.core.Failure if the receipt is gone or has no mapping
   */
  static MappingText mapping(Config config, Delivery delivery) {
    Path root = PinnedPaths.root(config);
    return delivery.files().stream()
        .map(file -> Path.of(file.path()).toAbsolutePath().normalize())
        .filter(file -> file.startsWith(root))
        .map(root::relativize)
        .filter(file -> file.getNameCount() > FOLDERS)
        .map(file -> root.resolve(file.subpath(0, FOLDERS)).resolve(NAME))
        .filter(Files::exists)
        .findFirst()
        .flatMap(receipt -> Optional.ofNullable(read(receipt).mapping()))
        .orElseThrow(
            () ->
                Failure.data(
                    "Cannot read delivery %s of %s: the file %s with its mapping is gone. Restore it"
                        + " from the backup.",
                    delivery.deliveryId(), delivery.sourceId(), NAME));
  }

  void write(Path folder) throws IOException {
    AtomicFile.replace(
        folder.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }

  Receipt found(String newFingerprint) {
    return new Receipt(
        sourceId,
        kind,
        period,
        deliveryId,
        newFingerprint,
        contentId,
        landedAt,
        files,
        rejects,
        notices,
        mapping,
        readBy);
  }

  Delivery delivery(Path folder, String runId) {
    return new Delivery(
        sourceId,
        kind,
        LocalDate.parse(period),
        deliveryId,
        files.stream().map(file -> file.at(folder.resolve(file.path()).toString())).toList(),
        Instant.parse(landedAt),
        runId,
        Delivery.Status.CURRENT);
  }
}
