package costlake.core;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The pinned files of one source for one period.
 *
 * @param sourceId id of the source in the configuration
 * @param kind kind of the source as the configuration spells it, e.g. {@code aws-cur}
 * @param billingPeriod first day of the billing month; for telemetry, the day of the measurements
 * @param deliveryId distinguishes the delivery from other deliveries of the same period
 * @param files pinned files, in a fixed order
 * @param runId id of the run that landed the delivery
 */
public record Delivery(
    String sourceId,
    String kind,
    LocalDate billingPeriod,
    String deliveryId,
    List<DeliveredFile> files,
    Instant landedAt,
    String runId,
    Status status)
    implements Serializable {

  /** The period of a delivery that covers all months, e.g. of a table of benefits. */
  public static final LocalDate ALL_PERIODS = LocalDate.of(1970, 1, 1);

  /** The key that identifies a delivery. */
  public record Identity(String sourceId, LocalDate billingPeriod, String deliveryId) {}

  /** State of a delivery. */
  public enum Status {
    /** The delivery in force: its rows count for the period. */
    CURRENT,
    /** A later delivery of the period replaced it: its rows no longer count. */
    REPLACED,
    /** The source was removed from the lake: its rows no longer count. */
    REMOVED,
    /**
     * The delivery was refused: its rows never counted. The outcome of the run gives the reason.
     */
    REFUSED
  }

  public Delivery {
    files = List.copyOf(files);
  }

  /** Returns the key of this delivery. */
  public Identity identity() {
    return new Identity(sourceId, billingPeriod, deliveryId);
  }

  /** Returns the number of rows of all files whose rows were counted. */
  public long rows() {
    return files.stream().mapToLong(file -> Math.max(0, file.rows())).sum();
  }

  /** Returns the number of rows that cannot be read, in all files. */
  public long rejected() {
    return files.stream().mapToLong(DeliveredFile::rejected).sum();
  }

  /** Returns the total size of the files. */
  public long bytes() {
    return files.stream().mapToLong(DeliveredFile::bytes).sum();
  }

  /** Returns the same delivery with other files, or with files whose rows have been counted. */
  public Delivery of(List<DeliveredFile> others) {
    return new Delivery(sourceId, kind, billingPeriod, deliveryId, others, landedAt, runId, status);
  }

  /** Returns the same delivery in another state. */
  public Delivery as(Status other) {
    return new Delivery(sourceId, kind, billingPeriod, deliveryId, files, landedAt, runId, other);
  }
}
