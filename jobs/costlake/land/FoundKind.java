package costlake.land;

import costlake.config.SourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kind of a file that nobody named.
 *
 * @param columns for a kind whose columns have other names in the file, the proposed names; empty
 *     if the columns have their own names
 */
record FoundKind(SourceKind kind, Map<String, String> columns) {
  /** The kind of a file whose columns have their own names, or need none. */
  FoundKind(SourceKind kind) {
    this(kind, Map.of());
  }

  static Optional<FoundKind> sure(SourceKind kind, List<String> header) {
    return Relations.of(kind).finds(header) ? Optional.of(new FoundKind(kind)) : Optional.empty();
  }

  static Optional<FoundKind> proposed(SourceKind kind, List<String> header) {
    return Relations.of(kind).proposed(header).map(columns -> new FoundKind(kind, columns));
  }
}
