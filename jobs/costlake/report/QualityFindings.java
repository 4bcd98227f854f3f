package costlake.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says whether bills and statements agree, and sorts the measures of data quality into tables. */
final class QualityFindings {
  private final List<PrintedRow> checks;
  private final StatementTexts words;

  QualityFindings(Statement statement, StatementTexts words) {
    this.checks = statement.rows("quality");
    this.words = words;
  }

  /** States in one line whether bills and statements agree. */
  public String lede() {
    List<BigDecimal> differences =
        checks.stream()
            .filter(check -> check.text("measure").endsWith("_difference"))
            .map(check -> check.decimalOrNull("money_shown"))
            .filter(Objects::nonNull)
            .toList();
    if (differences.isEmpty()) {
      return words.say("Whether bills and statements agree was not measured.");
    }
    return differences.stream().allMatch(m -> m.signum() == 0)
        ? words.say("Bills and statements agree to the cent.")
        : words.say("Bills and statements differ: see the table below.");
  }

  /**
   * How the owner of a part of the cost was found.
   *
   * @param share part of the cost, rounded so that all shares sum to the whole
   */
  record OwnerShare(String measure, BigDecimal share) {}

  /** Returns the shares of the cost by how its owner was found; none if they are unknown. */
  public List<OwnerShare> owners() {
    List<PrintedRow> known = knownOwners();
    List<BigDecimal> shares = ownerShares(known).rounded();
    return IntStream.range(0, known.size())
        .mapToObj(i -> new OwnerShare(known.get(i).text("measure"), shares.get(i)))
        .toList();
  }

  /** Returns the sum of the shares; null if they are unknown. */
  public @Nullable BigDecimal owned() {
    return ownerShares(knownOwners()).total();
  }

  private List<PrintedRow> knownOwners() {
    return checks.stream()
        .filter(QualityFindings::isOwner)
        .filter(QualityFindings::isKnown)
        .toList();
  }

  private static Shares ownerShares(List<PrintedRow> known) {
    return Shares.of(known, "ratio");
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
}
