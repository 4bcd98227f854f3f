package costlake.model;

import costlake.audit.WrittenAudit;
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
    WrittenAudit.Level level,
    WrittenAudit.Scope scope,
    Map<RelationName, String> scopedBy,
    @Nullable String meaning,
    @Nullable String next,
    @Nullable RelationName model,
    boolean isBeforeNight,
    Template template,
    Origin origin,
    List<Reference> references) {

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
