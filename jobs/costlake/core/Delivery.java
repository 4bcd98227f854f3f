package costlake.core;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The pinned files of one source for one period.
 *
 * @param sourceId the source's name in the configuration
 * @param kind spelling of the source's kind, e.g. {@code aws-cur}
 * @param billingPeriod first day of the month billed; for telemetry the day measured
 * @param deliveryId distinguishes it from the deliveries before and after
 * @param files in a fixed order
 * @param runId the run that landed it
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

  /** The period of a table with all months, such as benefits. */
  public static final LocalDate ALL_PERIODS = LocalDate.of(1970, 1, 1);

  /** The key of a delivery. */
  public record Identity(String sourceId, LocalDate billingPeriod, String deliveryId) {}

  /** State of a delivery. */
  public enum Status {
    /** Its rows are the period's rows. */
    CURRENT,
    /** A later delivery took its place. */
    REPLACED,
    /** Its source was removed from the lake. */
    REMOVED,
    /** It was refused; the outcome of its run has the reason. */
    REFUSED
  }

  public Delivery {
    files = List.copyOf(files);
  }

  /** Its key. */
  public Identity identity() {
    return new Identity(sourceId, billingPeriod, deliveryId);
  }

  /** Rows of all files; files without a count are not included. */
  public long rows() {
    return files.stream().mapToLong(file -> Math.max(0, file.rows())).sum();
  }

  /** Rows of all files that cannot be read. */
  public long rejected() {
    return files.stream().mapToLong(DeliveredFile::rejected).sum();
  }

  /** Bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(DeliveredFile::bytes).sum();
  }

  /** The same delivery with other files, or with more facts about its files. */
  public Delivery of(List<DeliveredFile> others) {
    return new Delivery(sourceId, kind, billingPeriod, deliveryId, others, landedAt, runId, status);
  }

  /** The same delivery in another state. */
  public Delivery as(Status other) {
    return new Delivery(sourceId, kind, billingPeriod, deliveryId, files, landedAt, runId, other);
  }
}
