package costlake.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the days to rebuild because a row that covers several days changed, e.g. a commitment. */
public final class SpreadDays {
  private SpreadDays() {}

  /**
   * Returns the days that depend on rows that differ between two deliveries of one bill. The models
   * that read the bill and have {@code spreads} in their contract return these days in a column.
   *
   * @param before rows of the delivery that is replaced
   * @param now rows of the delivery that replaces it
   */
  public static Set<LocalDate> days(
      SparkSession spark, Graph graph, RelationName input, Dataset<Row> before, Dataset<Row> now) {
    Set<LocalDate> days = new TreeSet<>();
    for (Model model : graph.order()) {
      if (model.contract().spreads() != null && reads(model, input)) {
        Dataset<Row> contents =
            contents(model, rows(spark, model, input, before), "before")
                .union(contents(model, rows(spark, model, input, now), "now"));
        days.addAll(differing(contents));
      }
    }
    return days;
  }

  /** Whether rows of the input may refer to other days than their own. */
  public static boolean isSpread(Graph graph, RelationName input) {
    return graph.order().stream()
        .anyMatch(model -> model.contract().spreads() != null && reads(model, input));
  }

  private static boolean reads(Model model, RelationName input) {
    return model.references().stream().anyMatch(r -> r.target().equals(input));
  }

  private static Dataset<Row> rows(
      SparkSession spark, Model model, RelationName input, Dataset<Row> rows) {
    String view = "spread__" + input.view();
    rows.createOrReplaceTempView(view);
    return ContractCheck.modelRows(
        spark, model, relation -> relation.equals(input) ? view : relation.view());
  }

  private static Dataset<Row> contents(Model model, Dataset<Row> rows, String side) {
    Contract.Spread spread = Objects.requireNonNull(model.contract().spreads());
    Column content = struct(spread.when().stream().map(name -> col(name)).toArray(Column[]::new));
    return rows.select(content.as("content"), col(spread.days()).as("days"), lit(side).as("side"));
  }

  /**
   * Returns the days of contents that one side does not have.
   *
   * @param contents rows of content, days and side
   */
  static Set<LocalDate> differing(Dataset<Row> contents) {
    return contents
        .groupBy("content")
        .agg(countDistinct("side").as("sides"), flatten(collect_list("days")).as("days"))
        .where("sides = 1")
        .select(explode(col("days")))
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getDate(0).toLocalDate())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
