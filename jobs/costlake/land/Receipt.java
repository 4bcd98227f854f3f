package costlake.land;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Metadata of a pinned delivery, written beside its files when the copy is complete.
 *
 * @param fingerprint {@link Export#fingerprint} of the export
 * @param contentId {@link FileDigest#contentId} of the files
 * @param files the pinned files, with paths below the folder of the receipt
 * @param notices messages to the operator about the delivery
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
    List<String> notices) {
  private static final String NAME = "_delivery.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  Receipt {
    notices = notices == null ? List.of() : List.copyOf(notices);
  }

  /** Reads the receipts of all pinned deliveries below a folder, in the order of folder names. */
  static List<Receipt> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> pins = Files.list(folder)) {
      List<Receipt> receipts = new ArrayList<>();
      for (Path pin : (Iterable<Path>) pins.sorted()::iterator) {
        if (Files.exists(pin.resolve(NAME))) {
          receipts.add(JSON.readValue(pin.resolve(NAME).toFile(), Receipt.class));
        }
      }
      return receipts;
    } catch (IOException e) {
      throw FileErrors.isCause(e)
          ? FileErrors.of("the pinned deliveries below " + folder, e)
          : Failure.internal(
              e,
              "Cannot read the pinned deliveries below %s: a file %s is damaged. Restore it from the"
                  + " backup.",
              folder,
              NAME);
    }
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
        notices);
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
