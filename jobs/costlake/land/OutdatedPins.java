package costlake.land;

import costlake.config.Config;
import costlake.config.MappingText;
import costlake.config.Source;
import costlake.config.UserMapping;
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

/**
 * Pinned deliveries that landed with another mapping than the present one and whose files are gone
 * from the source. They land again from their pins, so that a changed mapping applies to all
 * months.
 */
final class OutdatedPins {
  private OutdatedPins() {}

  /** A delivery as an export of its own folder. */
  record Pin(Export export, Storage storage) {}

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
        .filter(
            delivery -> !digest.equals(Optional.of(Receipt.mapping(config, delivery).digest())))
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
