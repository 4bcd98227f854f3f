package costlake.land;

import costlake.config.Config;
import costlake.config.MappingText;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.UserMapping;
import costlake.core.Delivery;
import costlake.land.read.RelationsOfKind;
import org.jspecify.annotations.Nullable;

/**
 * What the deliveries have in common that are read in the same way.
 *
 * @param mapping the user's mapping with which they landed; null if they have none, or if the
 *     configuration has it
 */
record ReadAlike(String sourceId, @Nullable MappingText mapping) {
  static ReadAlike of(Config config, Delivery delivery) {
    boolean pinned = SourceKinds.of(delivery.kind()).isMapped() && !NamedFiles.isNamed(delivery);
    return new ReadAlike(delivery.sourceId(), pinned ? Receipt.mapping(config, delivery) : null);
  }

  RelationsOfKind relations(Config config, SourceKind kind) {
    return mapping == null
        ? Relations.of(config, sourceId, kind)
        : Relations.of(config, sourceId, kind, UserMapping.pinned(mapping));
  }
}
