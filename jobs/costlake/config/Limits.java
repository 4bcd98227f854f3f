package costlake.config;

import java.math.BigDecimal;

/** What a night tolerates before it stops. */
public record Limits(
    @Required @Doc("Largest share of a delivery's rows that may be rejected, 0 to 1.")
        BigDecimal rejectedRowsRatioMax,
    @Required @Doc("Largest share of a delivery's money that may be rejected, 0 to 1.")
        BigDecimal rejectedCostRatioMax,
    @Required
        @Doc(
            "Largest share of rows that a new delivery of a month may have lost against the last, 0 to 1.")
        BigDecimal lostRowsRatioMax,
    @Required
        @Doc(
            "Largest size of one record of a CSV file, MiB; a longer one is rejected as a row that cannot be read.")
        int recordSizeMibMax,
    @Required
        @Doc(
            "What becomes of a file that a delivery holds twice, compared once decompressed: refuse the delivery, take the file once, or keep both and count it twice.")
        Duplicates duplicateFiles,
    @Required
        @Doc(
            "The same of a row, and what a night warns of under keep: rows of AWS with the same line item id, interval and type, other rows with the same text in every column.")
        Duplicates duplicateRows,
    @Required
        @Doc(
            "Share of the newest month's cost that no rule gave an owner above which a night warns, 0 to 1; close.unowned_cost_ratio_max is what a close tolerates.")
        BigDecimal unownedCostRatioMax) {
  /** What becomes of something that a delivery holds more than once. */
  public enum Duplicates {
    /** The delivery is refused. */
    REFUSE,
    /** The first counts, the others are left out. */
    ONCE,
    /** All count. */
    KEEP
  }

  public Limits {
    ratio("rejected_rows_ratio_max", rejectedRowsRatioMax);
    ratio("rejected_cost_ratio_max", rejectedCostRatioMax);
    ratio("lost_rows_ratio_max", lostRowsRatioMax);
    ratio("unowned_cost_ratio_max", unownedCostRatioMax);
    if (recordSizeMibMax < 1 || recordSizeMibMax > 1024) {
      throw new IllegalArgumentException(
          "record_size_mib_max " + recordSizeMibMax + " is not between 1 and 1024");
    }
  }

  /** Largest size of one delivered record, bytes. */
  public int recordBytesMax() {
    return recordSizeMibMax << 20;
  }

  static void ratio(String name, BigDecimal value) {
    if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(name + " " + value + " is not between 0 and 1");
    }
  }
}
