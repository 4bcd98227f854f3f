package costlake.build;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Computes parts of a query first if the query would read many relations. Spark copies a common
 * table expression for each of its readers, and the time to plan a query grows faster than the
 * number of relations in it.
 */
final class WideQueries {
  /** Largest number of relations that a query may read before parts of it are computed first. */
  static final int MOST_RELATIONS = 15;

  private final SparkSession spark;
  private final BiFunction<String, Dataset<Row>, Optional<Dataset<Row>>> hold;

  /**
   * @param hold computes the rows of a query and keeps them in memory, if they are few
   */
  WideQueries(SparkSession spark, BiFunction<String, Dataset<Row>, Optional<Dataset<Row>>> hold) {
    this.spark = spark;
    this.hold = hold;
  }

  /**
   * Returns a plan with the same rows, in which common table expressions are replaced by their rows
   * until it reads few relations. First come those that save most copies.
   *
   * @param what name of the model, for messages
   */
  LogicalPlan narrowed(String what, LogicalPlan plan) {
    Set<Long> tried = new HashSet<>();
    LogicalPlan narrowed = plan;
    while (narrowed instanceof WithCTE query && relations(query) > MOST_RELATIONS) {
      Optional<CTERelationDef> part = dearest(query, tried);
      if (part.isEmpty()) {
        return narrowed;
      }
      tried.add(part.get().id());
      narrowed = computed(what, query, part.get());
    }
    return narrowed;
  }

  /** Returns the number of relations that a query without common table expressions reads. */
  static int relations(Dataset<Row> rows) {
    return leaves(rows.queryExecution().analyzed()).size();
  }

  /** Returns the number of relations that a query reads, with copies. */
  private static long relations(WithCTE query) {
    return relations(query.plan(), relationsOfParts(query));
  }

  private static Map<Long, Long> relationsOfParts(WithCTE query) {
    Map<Long, Long> relations = new HashMap<>();
    parts(query).forEach(part -> relations.put(part.id(), relations(part.child(), relations)));
    return relations;
  }

  private static long relations(LogicalPlan plan, Map<Long, Long> ofParts) {
    return leaves(plan).stream()
        .mapToLong(
            leaf ->
                leaf instanceof CTERelationRef part ? ofParts.getOrDefault(part.cteId(), 1L) : 1)
        .sum();
  }

  private static List<LogicalPlan> leaves(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.collectLeaves());
  }

  private static List<CTERelationDef> parts(WithCTE query) {
    return CollectionConverters.asJava(query.cteDefs());
  }

  /** Returns the part of at most so many relations that saves most if it is computed. */
  private static Optional<CTERelationDef> dearest(WithCTE query, Set<Long> tried) {
    Map<Long, Long> relations = relationsOfParts(query);
    Map<Long, Long> saved = copies(query);
    saved.replaceAll((part, copies) -> copies * (relations.getOrDefault(part, 1L) - 1));
    return parts(query).stream()
        .filter(
            part ->
                !tried.contains(part.id())
                    && relations.getOrDefault(part.id(), 1L) <= MOST_RELATIONS)
        .filter(part -> saved.getOrDefault(part.id(), 0L) > 0)
        .max(Comparator.comparingLong(part -> saved.getOrDefault(part.id(), 0L)));
  }

  /** Returns how often Spark copies each part. A part reads only parts before it. */
  private static Map<Long, Long> copies(WithCTE query) {
    Map<Long, Long> copies = new HashMap<>();
    count(query.plan(), 1, copies);
    List<CTERelationDef> parts = parts(query);
    for (int i = parts.size() - 1; i >= 0; i--) {
      CTERelationDef part = parts.get(i);
      count(part.child(), copies.getOrDefault(part.id(), 0L), copies);
    }
    return copies;
  }

  private static void count(LogicalPlan plan, long times, Map<Long, Long> copies) {
    for (LogicalPlan leaf : leaves(plan)) {
      if (leaf instanceof CTERelationRef part) {
        copies.merge(part.cteId(), times, Long::sum);
      }
    }
  }

  private WithCTE computed(String what, WithCTE query, CTERelationDef part) {
    List<CTERelationDef> before =
        parts(query).stream().takeWhile(one -> one.id() != part.id()).toList();
    return hold.apply("part of " + what, ContractCheck.inlined(spark, with(part.child(), before)))
        .map(rows -> replaced(query, part, rows))
        .orElse(query);
  }

  private static WithCTE replaced(WithCTE query, CTERelationDef part, Dataset<Row> rows) {
    LocalRelation found = (LocalRelation) rows.queryExecution().analyzed();
    LogicalPlan same =
        new LocalRelation(part.child().output(), found.data(), false, Option.empty());
    return with(
        query.plan(),
        parts(query).stream()
            .map(
                one ->
                    one.id() == part.id() ? (CTERelationDef) one.mapChildren(child -> same) : one)
            .toList());
  }

  private static WithCTE with(LogicalPlan plan, List<CTERelationDef> parts) {
    return new WithCTE(plan, CollectionConverters.asScala(parts).toSeq());
  }
}
