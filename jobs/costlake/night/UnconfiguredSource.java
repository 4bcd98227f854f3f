package costlake.night;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.core.Nearest;
import costlake.core.Plural;
import costlake.lake.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A source that is no longer configured, but whose deliveries are still in force.
 *
 * @param billed sum of the billed cost of the source, by currency
 */
public record UnconfiguredSource(
    String sourceId, int deliveries, long rows, Map<String, BigDecimal> billed) {
  /** The table with the cost of each source. */
  public static final TableName COSTS = TableName.parse("economics.monthly_costs");

  /**
   * Returns all sources that are no longer configured, but have deliveries in force, sorted by id.
   *
   * @param current deliveries in force
   * @param costs returns the rows of {@link #COSTS}; empty before the first publication
   */
  public static List<UnconfiguredSource> of(
      Config config, List<Delivery> current, Supplier<Optional<Dataset<Row>>> costs) {
    Set<String> ids = ids(config, current);
    return ids.isEmpty() ? List.of() : of(ids, current, costs.get());
  }

  /** Returns the sources with these ids, each with its deliveries among {@code current}. */
  static List<UnconfiguredSource> of(
      Set<String> ids, List<Delivery> current, Optional<Dataset<Row>> costs) {
    Map<String, Map<String, BigDecimal>> billed =
        costs.map(rows -> billed(ids, rows)).orElse(Map.of());
    List<UnconfiguredSource> found = new ArrayList<>();
    for (String id : new TreeSet<>(ids)) {
      List<Delivery> own = current.stream().filter(d -> d.sourceId().equals(id)).toList();
      found.add(
          new UnconfiguredSource(
              id,
              own.size(),
              own.stream().mapToLong(Delivery::rows).sum(),
              billed.getOrDefault(id, Map.of())));
    }
    return found;
  }

  static Set<String> ids(Config config, List<Delivery> current) {
    Set<String> ids =
        current.stream().map(Delivery::sourceId).collect(Collectors.toCollection(TreeSet::new));
    config.everySource().stream().map(Source::id).forEach(ids::remove);
    return ids;
  }

  private static Map<String, Map<String, BigDecimal>> billed(Set<String> ids, Dataset<Row> costs) {
    Map<String, Map<String, BigDecimal>> billed = new TreeMap<>();
    costs
        .filter(functions.col("source_id").isin(ids.toArray()))
        .groupBy("source_id", "billing_currency")
        .agg(functions.sum("billed_cost"))
        .collectAsList()
        .forEach(
            row ->
                billed
                    .computeIfAbsent(row.getString(0), any -> new TreeMap<>())
                    .put(row.getString(1), row.getDecimal(2)));
    return billed;
  }

  /**
   * Refuses to remove a source that is configured, or that has no delivery in force.
   *
   * @param ids sources to remove
   */
  static void checkRemovable(Config config, Set<String> ids, List<Delivery> current) {
    for (String id : ids) {
      if (config.everySource().stream().anyMatch(source -> source.id().equals(id))) {
        throw Failure.operator(
            """
            Cannot remove source '%s': it is still in sources.yml, so the next night would read it
            again. Delete it there, then run this again.
            """,
            id);
      }
      Set<String> known = ids(config, current);
      if (!known.contains(id)) {
        throw Failure.operator(
            """
            Cannot remove source '%s': the lake has no delivery of it.%s Sources that are no longer
            configured: %s.
            """,
            id, Nearest.hint(id, known), known.isEmpty() ? "none" : String.join(", ", known));
      }
    }
  }

  /** Returns the numbers of deliveries and rows and the billed cost as text. */
  public String holdings() {
    String money =
        billed.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue().stripTrailingZeros().toPlainString())
            .collect(Collectors.joining(", "));
    return "%s with %d rows%s"
        .formatted(
            Plural.of(deliveries, "delivery", "deliveries"),
            rows,
            money.isEmpty() ? "" : ", " + money + " billed");
  }

  /** Returns the warning to the operator, with the possible actions. */
  public String warning() {
    return Message.of(
        """
        no longer in sources.yml, but its deliveries still count: %s. Put it back there with
        'retired: true' to keep them, or remove them with: costlake night --remove-source %s
        """,
        holdings(), sourceId);
  }
}
