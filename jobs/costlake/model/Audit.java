package costlake.model;

import costlake.config.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query that returns the wrong rows of a night. The audit passes if it returns no rows.
 *
 * @param scope rows that the audit compares
 * @param scopedBy for each stored model that the audit reads, the column that limits its rows to
 *     the days or months that changed; empty means the partition column, if all these models have
 *     the same partition column
 * @param next next step for the operator if the audit finds rows, or null
 * @param model the model whose contract defines the audit, or null if the audit is defined in
 *     models/audits
 * @param isBeforeNight whether the doctor runs it on what is delivered, before a night
 * @param template query that returns the wrong rows
 * @param references relations that the audit reads
 */
public record Audit(
    String name,
    Level level,
    Scope scope,
    Map<RelationName, String> scopedBy,
    @Nullable String meaning,
    @Nullable String next,
    @Nullable RelationName model,
    boolean isBeforeNight,
    Template template,
    Origin origin,
    List<Reference> references) {

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

  public Audit {
    scopedBy = Map.copyOf(scopedBy);
    references = List.copyOf(references);
  }

  /** Renders the query. */
  public String render(Resolver resolver) {
    return template.render(resolver);
  }

  /** Returns the relations that the audit reads. */
  public Set<RelationName> reads() {
    return references.stream()
        .map(Reference::target)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
