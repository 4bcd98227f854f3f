package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Sorts the measures of data quality into tables, and rounds shares so that they add up. */
final class QualityFindings {
  private static final int SHARE_SCALE = 3;
  private static final BigDecimal STEP = BigDecimal.ONE.movePointLeft(SHARE_SCALE);

  private final List<PrintedRow> checks;

  QualityFindings(Statement statement) {
    this.checks = statement.rows("quality");
  }

  /**
   * How the owner of a part of the cost was found.
   *
   * @param share part of the cost, rounded so that all shares sum to the whole
   */
  record OwnerShare(String measure, BigDecimal share) {}

  /** Returns the shares of the cost by how its owner was found; none if they are unknown. */
  public List<OwnerShare> owners() {
    List<PrintedRow> known =
        checks.stream().filter(QualityFindings::isOwner).filter(QualityFindings::isKnown).toList();
    List<BigDecimal> shares = rounded(known.stream().map(row -> row.decimal("ratio")).toList());
    return IntStream.range(0, known.size())
        .mapToObj(i -> new OwnerShare(known.get(i).text("measure"), shares.get(i)))
        .toList();
  }

  /** Returns the sum of the shares. */
  public BigDecimal owned() {
    return owners().stream().map(OwnerShare::share).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the measures that are not shares of owners. */
  public List<PrintedRow> others() {
    return checks.stream().filter(check -> !isOwner(check)).toList();
  }

  private static boolean isOwner(PrintedRow check) {
    String measure = check.text("measure");
    return measure.endsWith("_share") && !measure.equals("untagged_share");
  }

  private static boolean isKnown(PrintedRow check) {
    return check.decimalOrNull("ratio") != null;
  }

  /** Rounds down, and then up again where most was lost, until the sum is the rounded sum. */
  private static List<BigDecimal> rounded(List<BigDecimal> shares) {
    BigDecimal total = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<BigDecimal> rounded =
        new ArrayList<>(
            shares.stream().map(each -> each.setScale(SHARE_SCALE, RoundingMode.FLOOR)).toList());
    BigDecimal missing =
        total
            .setScale(SHARE_SCALE, RoundingMode.HALF_UP)
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
