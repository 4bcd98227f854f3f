package costlake.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of source, which a folder below {@code sources} describes.
 *
 * @param id name of the folder; the {@code kind} of a source
 * @param title name in messages and docs, with an article if it needs one, e.g. "a table of
 *     benefits"
 * @param period period that one delivery covers
 * @param manifest name of the Java strategy that reads manifests, or null
 * @param provider service provider, if all bills are of one provider; or null
 * @param relations relations of the delivered files; a file belongs to the first that recognises
 *     its header
 * @param series families of telemetry whose series the files contain; empty for other kinds
 * @param charges model that maps the bill to FOCUS; null if the kind is not a bill
 * @param costs model that computes the delivered costs that count; null if the costs of all rows
 *     count as delivered
 * @param hasDatasets whether a delivery may contain a charge in several datasets, e.g. with its
 *     actual and with its amortised cost
 * @param records models that map the rows to tables of records; empty if the kind is of another
 *     family
 * @param fetchedBy name of the Java strategy that fetches the rows, if a source of this kind may be
 *     no folder of tables; or null
 * @param localTimes whether times may be without an offset and not in UTC, so that a source may
 *     state their zone
 * @param guide what a new user needs to know
 */
public record SourceKind(
    String id,
    String title,
    Family family,
    Period period,
    @Nullable String manifest,
    @Nullable String provider,
    List<SourceRelation> relations,
    List<String> series,
    @Nullable String charges,
    @Nullable String costs,
    boolean hasDatasets,
    Map<RecordTable, String> records,
    @Nullable String fetchedBy,
    boolean localTimes,
    SourceGuide guide) {
  /** Use of the data of a source. */
  public enum Family {
    /** Charges. */
    BILL,
    /** A business table whose columns the configuration names. */
    TABLE,
    /** Samples of nodes and workloads. */
    TELEMETRY,
    /** Records of what ran: jobs of a scheduler, runs, requests. */
    RECORDS
  }

  /** Period that one delivery covers. */
  public enum Period {
    MONTH,
    DAY,
    ALL
  }

  public SourceKind {
    relations = List.copyOf(relations);
    series = List.copyOf(series);
    records = Map.copyOf(records);
  }

  public boolean isBill() {
    return family == Family.BILL;
  }

  public boolean isTable() {
    return family == Family.TABLE;
  }

  public boolean isTelemetry() {
    return family == Family.TELEMETRY;
  }

  /** Whether the user's own mapping, not the kind, describes the files. */
  public boolean isMapped() {
    return id.equals(UserMapping.KIND);
  }

  /** Returns the model that maps the rows to a table of records, or null. */
  public @Nullable String model(RecordTable table) {
    return records.get(table);
  }

  /** Whether a source of this kind may have the address of a server. */
  public boolean isLive() {
    return isTelemetry() || fetchedBy != null;
  }

  public boolean isRecords() {
    return family == Family.RECORDS;
  }

  /** Whether each row of its relations belongs to one day or more, so that days can be compared. */
  public boolean isDated() {
    return isBill() || isRecords();
  }

  /** The layer of its models. */
  public String layer() {
    return isRecords() ? "telemetry" : "focus";
  }

  /** Returns the folder of the kind, e.g. {@code sources/focus/}. */
  public String folder() {
    return SourceFiles.ROOT + id + "/";
  }
}
