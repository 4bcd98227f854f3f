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
            "What to do if a delivery contains a row twice. by_identity: a row of a bill with an"
                + " identity (AWS: line item id, interval and type) counts once; rows without one"
                + " all count, because separate charges may be equal, but no more of them than"
                + " repeated_rows_ratio_max. refuse, once or keep: as for duplicate_files, rows"
                + " without an identity being equal if all columns are. A source may set its own"
                + " duplicate_rows.")
        DuplicateRows duplicateRows,
    @Required
        @Description(
            "Under duplicate_rows: by_identity, largest share of the rows of one file of a bill"
                + " that may equal rows of its other files and count, 0 to 1. Above it, the"
                + " delivery is refused.")
        BigDecimal repeatedRowsRatioMax,
    @Required
        @Description(
            "A night writes a warning if more than this share of the newest month's cost"
                + " has no owner, 0 to 1. The limit for a close is close.unowned_cost_ratio_max.")
        BigDecimal unownedCostRatioMax,
    @Required
        @Description(
            "Smallest cost above or below the expectation from which a change is an incident, in the"
                + " currency of the bill.")
        BigDecimal incidentCostMin) {
  /** What to do with files that a delivery contains more than once. */
  public enum Duplicates {
    /** Refuse the delivery. */
    REFUSE,
    /** Count the first and leave out the others. */
    ONCE,
    /** Count all of them. */
    KEEP
  }

  /** What to do with rows that a delivery contains more than once. */
  public enum DuplicateRows {
    /** Count a row with an identity once, and some others as often as they occur. */
    BY_IDENTITY,
    /** Refuse the delivery. */
    REFUSE,
    /** Count the first of equal rows and leave out the others. */
    ONCE,
    /** Count all of them. */
    KEEP
  }

  public Limits {
    ratio("rejected_rows_ratio_max", rejectedRowsRatioMax);
    ratio("rejected_cost_ratio_max", rejectedCostRatioMax);
    ratio("lost_rows_ratio_max", lostRowsRatioMax);
    ratio("repeated_rows_ratio_max", repeatedRowsRatioMax);
    ratio("unowned_cost_ratio_max", unownedCostRatioMax);
    if (incidentCostMin.signum() <= 0) {
      throw new IllegalArgumentException(
          "incident_cost_min " + incidentCostMin + " is not larger than 0");
    }
    if (recordSizeMibMax < 1 || recordSizeMibMax > 1024) {
      throw new IllegalArgumentException(
          "record_size_mib_max " + recordSizeMibMax + " is not between 1 and 1024");
    }
  }

  /** Returns these limits with another rule for repeated rows. */
  Limits with(DuplicateRows rule) {
    return new Limits(
        rejectedRowsRatioMax,
        rejectedCostRatioMax,
        lostRowsRatioMax,
        recordSizeMibMax,
        duplicateFiles,
        rule,
        repeatedRowsRatioMax,
        unownedCostRatioMax,
        incidentCostMin);
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
