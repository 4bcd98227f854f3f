package costlake.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A workload that holds accelerators now. Costs are estimates; they are null if a price is unknown.
 *
 * @param id its id in the cluster, e.g. {@code namespace/pod}
 * @param kind e.g. {@code notebook}
 * @param run run that it is part of; null if none is known
 * @param held what it holds
 * @param since first moment at which it is known to hold accelerators
 * @param perHour what an hour of its accelerators costs
 * @param soFar what it cost since then
 * @param recent what it held and used in the hours that the watch reads
 */
public record Workload(
    String cluster,
    String id,
    @Nullable String kind,
    @Nullable String run,
    @Nullable String team,
    @Nullable String project,
    List<Accelerators> held,
    Instant since,
    @Nullable Cost perHour,
    @Nullable Cost soFar,
    Use recent) {
  private static final String NOTEBOOK = "notebook";

  public Workload {
    held = List.copyOf(held);
  }

  /**
   * Accelerators of one model.
   *
   * @param model null if it is unknown
   */
  public record Accelerators(@Nullable String model, BigDecimal count) {
    @Override
    public String toString() {
      return count.stripTrailingZeros().toPlainString()
          + " "
          + Objects.requireNonNullElse(model, "accelerators of unknown model");
    }
  }

  /** Returns what it holds as text, e.g. {@code 8 A100}. */
  public String accelerators() {
    return held.stream().map(Accelerators::toString).collect(Collectors.joining(", "));
  }

  /**
   * What a workload held and used.
   *
   * @param activeS accelerators x seconds in which they computed; null if not measured
   * @param cost null if a price is unknown
   */
  public record Use(BigDecimal acceleratorS, @Nullable BigDecimal activeS, @Nullable Cost cost) {
    private static final int DIGITS = 9;

    /** Returns active time / held time; empty if activity was not measured. */
    public Optional<BigDecimal> utilisation() {
      return Optional.ofNullable(activeS)
          .map(active -> active.divide(acceleratorS, DIGITS, RoundingMode.HALF_UP));
    }
  }

  /** Whether a person works in it. */
  public boolean isNotebook() {
    return NOTEBOOK.equals(kind);
  }
}
