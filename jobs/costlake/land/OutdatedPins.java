package costlake.land;

import costlake.config.Config;
import costlake.config.MappingText;
import costlake.config.Source;
import costlake.config.UserMapping;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.FileErrors;
import costlake.land.read.Formats;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pinned deliveries that landed with another mapping than the present one and whose files are gone
 * from the source. They land again from their pins, so that a changed mapping applies to all
 * months.
 */
final class OutdatedPins {
  private OutdatedPins() {}

  /** A delivery as an export of its own folder. */
  record Pin(Delivery delivery, Export export, Storage storage) {
    /**
     * Whether another month has one of its files, which the changed mapping reads as that month.
     */
    boolean isIn(Delivery other) {
      return !other.billingPeriod().equals(delivery.billingPeriod())
          && other.files().stream().anyMatch(file -> contents().contains(file.sha256()));
    }

    private Set<String> contents() {
      return delivery.files().stream().map(DeliveredFile::sha256).collect(Collectors.toSet());
    }
  }

  /**
   * Finds them.
   *
   * @param known deliveries of earlier nights
   * @param found periods whose files the source still has
   */
  static List<Pin> of(Config config, Source source, List<Delivery> known, Set<LocalDate> found) {
    Optional<String> digest =
        config.mapping(source.id()).map(UserMapping::text).map(MappingText::digest);
    return known.stream()
        .filter(delivery -> digest.isPresent() && delivery.kind().equals(source.kind()))
        .filter(delivery -> PinnedPaths.counts(delivery, source, delivery.billingPeriod()))
        .filter(delivery -> !found.contains(delivery.billingPeriod()))
        .filter(delivery -> !digest.equals(Optional.of(Receipt.mapping(config, delivery).digest())))
        .map(delivery -> pin(config, source, delivery))
        .toList();
  }

  private static Pin pin(Config config, Source source, Delivery delivery) {
    Path folder =
        PinnedPaths.period(config, source, delivery.billingPeriod()).resolve(delivery.deliveryId());
    Storage storage = LocalStorage.of(folder, "Restore it from the backup.");
    try {
      List<Storage.Found> files =
          storage.list().stream().filter(file -> Formats.table(file.key())).toList();
      return new Pin(
          delivery,
          new Export(
              source,
              Optional.of(delivery.billingPeriod()),
              Optional.empty(),
              files,
              List.of(),
              Optional.empty(),
              Map.of()),
          storage);
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
  }
}
