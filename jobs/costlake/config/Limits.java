package costlake.config;

import java.math.BigDecimal;

/** Limits above which a night stops or warns. */
public record Limits(
    @Required @Description("Largest share of a delivery's rows that may be rejected, 0 to 1.")
        BigDecimal rejectedRowsRatioMax,
    @Required @Description("Largest share of a delivery's money that may be rejected, 0 to 1.")
        BigDecimal rejectedCostRatioMax,
    @Required
        @Description(
            "Largest share of rows that a new delivery of a month may lack compared with the"
                + " one before, 0 to 1.")
        BigDecimal lostRowsRatioMax,
    @Required
        @Description("Largest size of one record of CSV or JSON, MiB; a larger record is rejected.")
        int recordSizeMibMax,
    @Required
        @Description(
            "What to do if a delivery contains a file twice, compared after decompression: refuse"
                + " the delivery, read the file once, or keep both, so that it counts twice.")
        Duplicates duplicateFiles,
    @Required
        @Description(
            "The same for rows; keep also warns. AWS rows are the same if line item id,"
                + " interval and type are equal, other rows if every column is.")
        Duplicates duplicateRows,
    @Required
        @Description(
            "Share of the newest month's cost without an owner above which a night warns, 0 to"
                + " 1. The limit for a close is close.unowned_cost_ratio_max.")
        BigDecimal unownedCostRatioMax) {
  /** Treatment of files or rows that a delivery contains more than once. */
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
