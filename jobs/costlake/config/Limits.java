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
    @Required @Doc(
            "Largest size of one record of a CSV file, MiB; a longer one is rejected as a row that cannot be read.")
        int recordSizeMibMax) {
  public Limits {
    ratio("rejected_rows_ratio_max", rejectedRowsRatioMax);
    ratio("rejected_cost_ratio_max", rejectedCostRatioMax);
    ratio("lost_rows_ratio_max", lostRowsRatioMax);
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
