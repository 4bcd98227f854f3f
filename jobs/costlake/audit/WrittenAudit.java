package costlake.audit;

import costlake.config.Origin;
import costlake.config.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An audit as a contract or a page writes it: a query that returns the wrong rows of a night.
 *
 * @param scope rows that the audit compares; default: those that changed
 * @param scopedBy for each stored model that the audit reads, the column that limits its rows to
 *     the days or months that changed; empty means the partition column, if all these models have
 *     the same partition column
 * @param next next step for the operator if the audit finds rows, or null
 * @param beforeNight whether the doctor runs it on what is delivered, before a night
 */
public record WrittenAudit(
    @Required String name,
    @Required Level level,
    @Nullable Scope scope,
    Map<String, String> scopedBy,
    @Nullable String meaning,
    @Nullable String next,
    boolean beforeNight,
    @Required String sql,
    Origin origin) {

  /** The consequence of a failed audit. */
  public enum Level {
    /** The failed audit stops the night. */
    ERROR,
    /** The failed audit is reported as a warning. */
    WARN
  }

  /** The rows that an audit compares. */
  public enum Scope {
    /** Rows of the days or months that changed in this night. */
    CHANGED,
    /** Rows of the months with a changed day, because the audit compares rows of several days. */
    MONTHS,
    /** All rows, because the audit compares rows of different months. */
    ALL
  }
}
