package costlake.incident;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The teams that pay for resources on some days. */
final class Payers {
  private final Map<String, Payer> byResource = new HashMap<>();

  private Payers() {}

  static Payers of(Collection<CostLine> lines) {
    Payers payers = new Payers();
    for (CostLine line : lines) {
      if (line.resource() != null) {
        payers.byResource.merge(line.resource(), new Payer(line.team(), true), Payer::with);
      }
    }
    return payers;
  }

  /** Returns the payers on several days. */
  static Payers ofAll(Collection<Payers> days) {
    Payers all = new Payers();
    days.forEach(
        day ->
            day.byResource.forEach(
                (resource, payer) -> all.byResource.merge(resource, payer, Payer::with)));
    return all;
  }

  /** Returns how a resource moved from one team to another; null if it did not. */
  @Nullable HandOver handOver(@Nullable String resource, Payers later) {
    Payer before = byResource.get(resource);
    Payer after = later.byResource.get(resource);
    return before != null && after != null && before.differs(after)
        ? new HandOver(before.team(), after.team())
        : null;
  }

  /** A resource that moved; a team is null if nobody pays. */
  record HandOver(@Nullable String from, @Nullable String to) {}

  /** The team that pays for a resource, and whether no other team does. */
  private record Payer(@Nullable String team, boolean isAlone) {
    Payer with(Payer other) {
      return new Payer(team, isAlone && other.isAlone && Objects.equals(team, other.team));
    }

    boolean differs(Payer later) {
      return isAlone && later.isAlone && !Objects.equals(team, later.team);
    }
  }
}
