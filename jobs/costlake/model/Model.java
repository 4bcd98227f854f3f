package costlake.model;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A query with its contract and its cases.
 *
 * @param template the query; its path is e.g. {@code models/focus/cost_and_usage.sql}
 * @param withoutKinds the query with one name in place of the charges of all kinds of sources; the
 *     template itself if it does not read them
 * @param affected {@link Contract#affected} as a template, or null
 * @param needed {@link Contract#needed} as a template, or null
 * @param references relations that the templates mention, in order
 */
public record Model(
    RelationName name,
    Template template,
    Template withoutKinds,
    @Nullable Template affected,
    @Nullable Template needed,
    Contract contract,
    List<Reference> references,
    List<ModelCase> cases) {

  public Model {
    references = List.copyOf(references);
    cases = List.copyOf(cases);
  }

  /** Returns the SQL. The resolver gives the names of the relations in the SQL. */
  public String render(Resolver resolver) {
    return template.render(resolver);
  }

  /** Returns the SQL that stays the same if a further kind of source is used. */
  public String renderWithoutKinds() {
    return withoutKinds.render(Resolver.VIEWS);
  }

  /**
   * Returns the query for the partitions to rebuild.
   *
   * @param days upstream days that changed
   */
  public String renderAffected(Resolver resolver, Collection<LocalDate> days) {
    return Objects.requireNonNull(affected).render(resolver, "changed_days", days);
  }

  /**
   * Returns the query for the days of the relation {@link #neededFrom()} that partitions need,
   * outside the window of {@code reads}.
   *
   * @param days partitions that are built
   */
  public String renderNeeded(Resolver resolver, Collection<LocalDate> days) {
    return Objects.requireNonNull(needed).render(resolver, "built_days", days);
  }

  /** Returns the relation whose days {@link Contract#needed} returns; empty without this query. */
  public Optional<RelationName> neededFrom() {
    return needed == null
        ? Optional.empty()
        : Models.references(needed.path(), needed.text()).stream()
            .map(Reference::target)
            .findFirst();
  }

  /** Whether the model is stored as a table. */
  public boolean stored() {
    return contract.materialized() == Contract.Materialized.TABLE;
  }

  /** Returns the models that this model reads. */
  public Set<RelationName> models() {
    return targets(Reference.Kind.REF);
  }

  /** Returns the inputs that this model reads. */
  public Set<RelationName> inputs() {
    return targets(Reference.Kind.SOURCE);
  }

  private Set<RelationName> targets(Reference.Kind kind) {
    Set<RelationName> targets = new TreeSet<>();
    references.stream().filter(r -> r.kind() == kind).forEach(r -> targets.add(r.target()));
    return targets;
  }
}
