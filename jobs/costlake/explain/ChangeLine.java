package costlake.explain;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A line of the page that says why a total changed: an effect by its items, an item by effects. */
final class ChangeLine {
  static final String TABLE = "reporting.statement_changes";
  static final String PARTS = "economics.cost_changes";
  private static final int MOST_PARTS = 10;
  private static final List<String> STATEMENT =
      List.of("billing_month", "team_id", "billing_currency");
  private static final List<String> ITEM =
      List.of("pool_id", "provider", "service", "sku_id", "pricing_unit");

  private ChangeLine() {}

  static Tree tree(SparkSession spark, Row line) {
    boolean effect = "effect".equals(line.getAs("breakdown"));
    BigDecimal change = line.getAs("change_cost");
    String currency = line.getAs("billing_currency");
    Column rows = same(line, STATEMENT).and(effect ? effect(line) : item(line));
    String label =
        "%s: change, %s"
            .formatted(line.getAs("line_id"), effect ? line.getAs("basis") : name(line));
    List<Row> found =
        line.<Integer>getAs("members") > 1
            ? List.of()
            : spark
                .table(PARTS)
                .where(rows)
                .orderBy(
                    abs(col("change_cost")).desc(), col("effect"), col("service"), col("sku_id"))
                .collectAsList();
    List<Tree> parts = new ArrayList<>();
    BigDecimal rest = change;
    for (Row row : found.subList(0, Math.min(MOST_PARTS, found.size()))) {
      BigDecimal money = row.getAs("change_cost");
      rest = rest.subtract(money);
      parts.add(new Tree(effect ? name(row) : row.getAs("effect"), money, currency, List.of()));
    }
    if (found.size() > MOST_PARTS) {
      String others = "%,d more".formatted(found.size() - MOST_PARTS);
      parts.add(new Tree(others, rest, currency, List.of()));
    }
    return new Tree(label, change, currency, parts);
  }

  private static Column effect(Row line) {
    return col("effect").equalTo(line.getAs("basis"));
  }

  private static Column item(Row line) {
    String basis = line.getAs("basis");
    Column effects =
        switch (basis) {
          case "usage" -> col("effect").isin("volume", "mix", "price", "new", "ended");
          case "pool" -> col("effect").isin("pool_cost", "pool_share");
          default -> col("effect").equalTo(basis);
        };
    return same(line, ITEM).and(effects);
  }

  private static Column same(Row line, List<String> columns) {
    return columns.stream()
        .map(column -> col(column).eqNullSafe(line.getAs(column)))
        .reduce(Column::and)
        .orElseThrow();
  }

  private static String name(Row row) {
    BigDecimal now = row.getAs("quantity");
    BigDecimal before = row.getAs("quantity_before");
    String quantities =
        now == null || before == null
            ? ""
            : ", from %s to %s %s".formatted(plain(before), plain(now), row.getAs("pricing_unit"));
    for (String column : List.of("pool_id", "sku_id", "service")) {
      String name = row.getAs(column);
      if (name != null) {
        return column.replaceFirst("_id$", "") + " " + name + quantities;
      }
    }
    return "what has no name";
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
