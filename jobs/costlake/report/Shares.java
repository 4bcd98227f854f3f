package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shares of a whole, in steps of a tenth of a percent, so that the printed shares add up.
 *
 * @param rounded the shares in the order of their rows; none if one of them is unknown
 */
public record Shares(List<BigDecimal> rounded) {
  private static final int SCALE = 3;
  private static final BigDecimal STEP = BigDecimal.ONE.movePointLeft(SCALE);

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

  /** Rounds down, and then up again where most was lost, until the sum is the rounded sum. */
  private static List<BigDecimal> rounded(List<BigDecimal> shares) {
    BigDecimal total = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<BigDecimal> rounded =
        new ArrayList<>(
            shares.stream().map(each -> each.setScale(SCALE, RoundingMode.FLOOR)).toList());
    BigDecimal missing =
        total
            .setScale(SCALE, RoundingMode.HALF_UP)
            .subtract(rounded.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    IntStream.range(0, shares.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> shares.get(i).subtract(rounded.get(i))).reversed())
        .limit(missing.unscaledValue().longValue())
        .toList()
        .forEach(i -> rounded.set(i, Objects.requireNonNull(rounded.get(i)).add(STEP)));
    return rounded;
  }
}
