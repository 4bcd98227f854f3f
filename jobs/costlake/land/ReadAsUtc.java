package costlake.land;

import costlake.core.Message;
import costlake.core.Plural;
import java.util.List;
import java.util.stream.Stream;

/** Says how many rows of a delivery have times that may be local and are read as UTC. */
final class ReadAsUtc {
  private ReadAsUtc() {}

  static Stream<String> notices(List<InspectedFile> files) {
    long rows = files.stream().mapToLong(file -> file.facts().readAsUtc()).sum();
    return rows == 0 ? Stream.empty() : Stream.of(message(rows));
  }

  private static String message(long rows) {
    return Message.of(
        """
        %s times without an offset, which are read as UTC. State their zone, e.g. zone:
        Europe/Berlin or zone: UTC, at the source in sources.yml (hours: --zone)
        """,
        Plural.of(rows, "row has", "rows have"));
  }
}
