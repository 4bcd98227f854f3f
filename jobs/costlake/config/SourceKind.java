package costlake.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of source, as its folder describes it.
 *
 * @param id name of the folder; the {@code kind} of a source
 * @param title its name in messages and docs
 * @param period what one delivery covers
 * @param manifest name of the strategy that reads manifests, or null
 * @param provider who sells, if all its bills are of one provider; or null
 * @param relations what it delivers; a file belongs to the first that recognises its header
 * @param charges the model with its charges in FOCUS, if it is a bill; or null
 * @param costs the model with the delivered costs that count, if a delivery may tell a charge
 *     twice; or null, if all rows count
 */
public record SourceKind(
    String id,
    String title,
    Family family,
    Period period,
    @Nullable String manifest,
    @Nullable String provider,
    List<SourceRelation> relations,
    @Nullable String charges,
    @Nullable String costs) {
  /** What a source is to Costlake. */
  public enum Family {
    /** Charges. */
    BILL,
    /** A business table whose columns the configuration names. */
    TABLE,
    /** Measurements of nodes and workloads. */
    TELEMETRY
  }

  /** What one delivery covers. */
  public enum Period {
    MONTH,
    DAY,
    ALL
  }

  public SourceKind {
    relations = List.copyOf(relations);
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

  /** The folder of a kind, e.g. {@code sources/focus/}. */
  public String folder() {
    return SourceFiles.ROOT + id + "/";
  }
}
