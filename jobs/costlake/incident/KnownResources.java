package costlake.incident;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Since when teams have their resources. */
final class KnownResources {
  /** Days in which a resource is new: fewer than a week, so that the weekdays stay as they are. */
  private static final int NEW_DAYS = 6;

  /** A resource that was away for longer is new when it is back. */
  private static final int REMEMBERED_DAYS = 28;

  private final Map<List<@Nullable String>, Seen> seen = new HashMap<>();
  private @Nullable LocalDate first;

  private record Seen(LocalDate first, LocalDate last) {}

  void see(LocalDate day, List<CostLine> lines) {
    first = first == null ? day : first;
    for (CostLine line : lines) {
      if (line.resource() != null) {
        seen.merge(key(line), new Seen(day, day), KnownResources::again);
      }
    }
  }

  private static Seen again(Seen before, Seen now) {
    boolean wasAway = before.last().isBefore(now.first().minusDays(REMEMBERED_DAYS));
    return wasAway ? now : new Seen(before.first(), now.last());
  }

  /**
   * Whether a team has a resource since less than a week. When the watch begins, nothing is new.
   */
  boolean isNew(LocalDate day, CostLine line) {
    LocalDate since = Objects.requireNonNull(seen.get(key(line))).first();
    LocalDate learntUntil = Objects.requireNonNull(first).plusDays(REMEMBERED_DAYS);
    return since.isAfter(day.minusDays(NEW_DAYS)) && since.isAfter(learntUntil);
  }

  private static List<@Nullable String> key(CostLine line) {
    return Arrays.asList(line.team(), line.resource());
  }
}
