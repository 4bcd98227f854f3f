package costlake.report;

import costlake.core.LargestRemainder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shares of a whole, in steps of a tenth of a percent, so that the printed shares add up.
 *
 * @param rounded the shares in the order of their rows; none if one of them is unknown
 */
public record Shares(List<BigDecimal> rounded) {
  private static final int SCALE = 3;

  public Shares {
    rounded = List.copyOf(rounded);
  }

  static Shares of(List<PrintedRow> rows, String column) {
    List<BigDecimal> known =
        rows.stream()
            .map(row -> row.decimalOrNull(column))
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    return new Shares(known.size() == rows.size() ? rounded(known) : List.of());
  }

  /** Returns the share of a row, counted from 0; null if the shares are unknown. */
  public @Nullable BigDecimal of(int row) {
    return rounded.isEmpty() ? null : rounded.get(row);
  }

  /** Returns the sum of the shares; null if they are unknown. */
  public @Nullable BigDecimal total() {
    return rounded.stream().reduce(BigDecimal::add).orElse(null);
  }

  private static List<BigDecimal> rounded(List<BigDecimal> shares) {
    BigDecimal total = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return LargestRemainder.rounded(total.setScale(SCALE, RoundingMode.HALF_UP), shares, SCALE);
  }
}
