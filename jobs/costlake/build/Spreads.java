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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Days to rebuild because a row about several days changed, such as a commitment. */
public final class Spreads {
  private Spreads() {}

  /**
   * The days that views of an input reach from what differs between two deliveries of one bill.
   *
   * @param before rows of the delivery that is replaced
   * @param now rows of the delivery that replaces it
   */
  public static Set<LocalDate> days(
      SparkSession spark, Graph graph, RelationName input, Dataset<Row> before, Dataset<Row> now) {
    Set<LocalDate> days = new TreeSet<>();
    for (Model model : graph.order()) {
      if (model.contract().spreads() != null && reads(model, input)) {
        Dataset<Row> said =
            said(model, made(spark, model, input, before), "before")
                .union(said(model, made(spark, model, input, now), "now"));
        differing(said).forEach(row -> days.add(row.getDate(0).toLocalDate()));
      }
    }
    return days;
  }

  private static boolean reads(Model model, RelationName input) {
    return model.references().stream().anyMatch(r -> r.target().equals(input));
  }

  private static Dataset<Row> made(
      SparkSession spark, Model model, RelationName input, Dataset<Row> rows) {
    String view = "spread__" + input.view();
    rows.createOrReplaceTempView(view);
    return ContractCheck.made(
        spark, model, relation -> relation.equals(input) ? view : relation.view());
  }

  private static Dataset<Row> said(Model model, Dataset<Row> rows, String when) {
    Contract.Spread spread = Objects.requireNonNull(model.contract().spreads());
    Column said = struct(spread.when().stream().map(name -> col(name)).toArray(Column[]::new));
    return rows.select(said.as("said"), col(spread.days()).as("days"), lit(when).as("when"));
  }

  private static List<Row> differing(Dataset<Row> said) {
    return said.groupBy("said")
        .agg(countDistinct("when").as("sides"), flatten(collect_list("days")).as("days"))
        .where("sides = 1")
        .select(explode(col("days")))
        .distinct()
        .collectAsList();
  }
}
