package costlake.incident;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Resources that one team paid before and another team pays now. */
final class HandOvers {
  private final Map<String, HandOver> moved = new HashMap<>();

  private HandOvers() {}

  /** A resource that moved; a team is null if nobody pays. */
  record HandOver(@Nullable String from, @Nullable String to) {
    CausePart part(CostLine line, BigDecimal change) {
      return new CausePart(
          Cause.HAND_OVER,
          line.team(),
          from,
          to,
          line.service(),
          null,
          List.of(String.valueOf(line.resource())),
          change);
    }
  }

  static HandOvers of(Collection<CostLine> before, Collection<CostLine> after) {
    Map<String, Payer> payers = payers(before);
    HandOvers moved = new HandOvers();
    payers(after)
        .forEach(
            (resource, payer) -> {
              Payer earlier = payers.get(resource);
              if (earlier != null && earlier.differs(payer)) {
                moved.moved.put(resource, new HandOver(earlier.team(), payer.team()));
              }
            });
    return moved;
  }

  /** Returns how the resource of a line moved; null if it did not. */
  @Nullable HandOver of(CostLine line) {
    return line.resource() == null ? null : moved.get(line.resource());
  }

  private static Map<String, Payer> payers(Collection<CostLine> lines) {
    Map<String, Payer> payers = new HashMap<>();
    for (CostLine line : lines) {
      if (line.resource() != null) {
        payers.merge(line.resource(), new Payer(line.team(), true), Payer::with);
      }
    }
    return payers;
  }

  /** The team that pays for a resource, and whether no other team does. */
  private record Payer(@Nullable String team, boolean isAlone) {
    Payer with(Payer other) {
      return new Payer(team, isAlone && Objects.equals(team, other.team));
    }

    boolean differs(Payer later) {
      return isAlone && later.isAlone && !Objects.equals(team, later.team);
    }
  }
}
