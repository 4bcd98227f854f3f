package costlake.model;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query with its contract and its cases.
 *
 * @param queries the query and those of its contract; the path of the query is e.g. {@code
 *     models/focus/cost_and_usage.sql}
 * @param withoutKinds the queries with one name in place of the relations of all kinds of sources;
 *     they stay the same if a further kind of source is used
 * @param references relations that the templates mention, in order
 */
public record Model(
    RelationName name,
    Queries queries,
    Queries withoutKinds,
    Contract contract,
    List<Reference> references,
    List<ModelCase> cases) {

  /**
   * The query of a model and those of its contract.
   *
   * @param affected {@link Contract#affected} as a template, or null
   * @param needed {@link Contract#needed} as a template, or null
   */
  public record Queries(Template query, @Nullable Template affected, @Nullable Template needed) {
    /** Returns the SQL of all queries. */
    public List<String> render(Resolver resolver) {
      return Stream.of(
              query.render(resolver),
              affected == null ? "" : renderAffected(resolver, List.of()),
              needed == null ? "" : renderNeeded(resolver, List.of()))
          .toList();
    }

    private String renderAffected(Resolver resolver, Collection<LocalDate> days) {
      return Objects.requireNonNull(affected).render(resolver, "changed_days", days);
    }

    private String renderNeeded(Resolver resolver, Collection<LocalDate> days) {
      return Objects.requireNonNull(needed).render(resolver, "built_days", days);
    }
  }

  public Model {
    references = List.copyOf(references);
    cases = List.copyOf(cases);
  }

  /** Returns the query as a template. */
  public Template template() {
    return queries.query();
  }

  /** Returns {@link Contract#affected} as a template, or null. */
  public @Nullable Template affected() {
    return queries.affected();
  }

  /** Returns {@link Contract#needed} as a template, or null. */
  public @Nullable Template needed() {
    return queries.needed();
  }

  /** Returns the SQL. The resolver gives the names of the relations in the SQL. */
  public String render(Resolver resolver) {
    return template().render(resolver);
  }

  /**
   * Returns the query for the partitions to rebuild.
   *
   * @param days upstream days that changed
   */
  public String renderAffected(Resolver resolver, Collection<LocalDate> days) {
    return queries.renderAffected(resolver, days);
  }

  /**
   * Returns the query for the days of the relation {@link #neededFrom()} that partitions need,
   * outside the window of {@code reads}.
   *
   * @param days partitions that are built
   */
  public String renderNeeded(Resolver resolver, Collection<LocalDate> days) {
    return queries.renderNeeded(resolver, days);
  }

  /** Returns the relation whose days {@link Contract#needed} returns; empty without this query. */
  public Optional<RelationName> neededFrom() {
    return Optional.ofNullable(needed())
        .flatMap(
            query ->
                Models.references(query.path(), query.text()).stream()
                    .map(Reference::target)
                    .findFirst());
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
