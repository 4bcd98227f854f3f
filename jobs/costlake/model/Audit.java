package costlake.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A question about tonight's data whose answer must be no rows.
 *
 * @param scope which months it is asked about
 * @param model the model whose contract holds it, or null when it stands in models/audits
 * @param template query that gives the rows that are wrong
 * @param origin file and line
 * @param references what it reads
 */
public record Audit(
    String name,
    Level level,
    Scope scope,
    String meaning,
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

  /** Which months an audit is asked about. */
  public enum Scope {
    /** Those around what changed tonight. */
    CHANGED,
    /** All of them: what it compares lies in different months. */
    ALL
  }

  public Audit {
    references = List.copyOf(references);
  }

  /** Renders the query. */
  public String render(Resolver resolver) {
    return template.render(resolver, List.of());
  }

  /** Relations it reads. */
  public Set<RelationName> reads() {
    return references.stream()
        .map(Reference::target)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
