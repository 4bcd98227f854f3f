package costlake.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A question about tonight's data whose answer must be no rows.
 *
 * @param scope which rows it compares
 * @param scopedBy by stored model that it reads, the column that cuts it to what changed; empty
 *     where the partition column is one and the same for all of them
 * @param next what to do about what it finds, or null
 * @param model the model whose contract holds it, or null when it stands in models/audits
 * @param template query that gives the rows that are wrong
 * @param origin file and line
 * @param references what it reads
 */
public record Audit(
    String name,
    Level level,
    Scope scope,
    Map<RelationName, String> scopedBy,
    String meaning,
    String next,
    RelationName model,
    Template template,
    String origin,
    List<Reference> references) {

  /** What a failed audit does. */
  public enum Level {
    /** Stops the night. */
    ERROR,
    /** Is reported. */
    WARN
  }

  /** Which rows an audit compares. */
  public enum Scope {
    /** Those of the days or months that changed tonight. */
    CHANGED,
    /** Those of the months with a day that changed tonight: it compares rows of several days. */
    MONTHS,
    /** All of them: rows that it compares lie in different months. */
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

  /** Relations it reads. */
  public Set<RelationName> reads() {
    return references.stream()
        .map(Reference::target)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
