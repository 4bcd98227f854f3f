package costlake.config;

import java.math.BigDecimal;

/** Limits at which a night stops or writes a warning. */
public record Limits(
    @Required
        @Description(
            "Largest share of the rows of a delivery that may be rejected (unreadable), 0"
                + " to 1.")
        BigDecimal rejectedRowsRatioMax,
    @Required
        @Description(
            "Largest share of the cost of a delivery that may be in rejected rows, 0 to 1.")
        BigDecimal rejectedCostRatioMax,
    @Required
        @Description(
            "Largest share of its rows that a month may lose when a new delivery replaces"
                + " the one before, 0 to 1.")
        BigDecimal lostRowsRatioMax,
    @Required
        @Description("Largest size of one record of CSV or JSON, MiB; a larger record is rejected.")
        int recordSizeMibMax,
    @Required
        @Description(
            "What to do if two files of a delivery have the same content after"
                + " decompression. refuse: refuse the delivery; once: read one of them; keep:"
                + " read both, so that their rows count twice.")
        Duplicates duplicateFiles,
    @Required
        @Description(
            "What to do if a delivery contains a row twice: refuse, once or keep, as for"
                + " duplicate_files; keep also writes a warning. AWS rows are equal if line item"
                + " id, interval and type are equal; other rows are equal if all columns are"
                + " equal.")
        Duplicates duplicateRows,
    @Required
        @Description(
            "A night writes a warning if more than this share of the newest month's cost"
                + " has no owner, 0 to 1. The limit for a close is close.unowned_cost_ratio_max.")
        BigDecimal unownedCostRatioMax) {
  /** What to do with files or rows that a delivery contains more than once. */
  public enum Duplicates {
    /** Refuse the delivery. */
    REFUSE,
    /** Count the first and leave out the others. */
    ONCE,
    /** Count all of them. */
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
