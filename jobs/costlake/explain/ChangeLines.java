package costlake.explain;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Explains the lines that say why the total of a statement changed. The line of an effect (e.g.
 * volume) is split by item, the line of an item (e.g. a SKU) is split by effect.
 */
final class ChangeLines {
  static final String TABLE = "reporting.statement_changes";
  static final String PARTS = "economics.receiver_cost_changes";
  private static final int MOST_PARTS = 10;
  private static final List<String> STATEMENT =
      List.of("billing_month", "receiver_id", "billing_currency");
  private static final List<String> ITEM =
      List.of("pool_id", "provider", "service", "sku_id", "pricing_unit");

  private ChangeLines() {}

  /**
   * Explains change lines.
   *
   * @param lines selects the lines by the columns of {@link #TABLE}
   * @param statement selects the statements of these lines by month, receiver and currency
   */
  static List<ExplainedLine> lines(SparkSession spark, Column lines, Column statement) {
    Map<List<Object>, List<Row>> parts =
        spark
            .table(PARTS)
            .where(statement)
            .orderBy(
                abs(col("change_cost")).desc(),
                col("effect"),
                col("service"),
                col("sku_id"),
                col("pool_id"),
                col("provider"),
                col("pricing_unit"))
            .collectAsList()
            .stream()
            .collect(Collectors.groupingBy(part -> values(part, STATEMENT)));
    List<ExplainedLine> explained = new ArrayList<>();
    for (Row line : spark.table(TABLE).where(lines).orderBy("line_id").collectAsList()) {
      List<Row> ofStatement = parts.getOrDefault(values(line, STATEMENT), List.of());
      explained.add(ExplainedLine.of(line, tree(line, ofStatement)));
    }
    return explained;
  }

  private static ExplanationStep tree(Row line, List<Row> ofStatement) {
    boolean effect = "effect".equals(line.getAs("breakdown"));
    BigDecimal change = line.getAs("change_cost");
    String currency = line.getAs("billing_currency");
    String label =
        "%s: change, %s"
            .formatted(line.getAs("line_id"), effect ? line.getAs("basis") : itemName(line));
    List<Row> found =
        line.<Integer>getAs("members") > 1
            ? List.of()
            : ofStatement.stream().filter(part -> isPartOf(part, line, effect)).toList();
    List<ExplanationStep> parts = new ArrayList<>();
    BigDecimal rest = change;
    for (Row row : found.subList(0, Math.min(MOST_PARTS, found.size()))) {
      BigDecimal money = row.getAs("change_cost");
      rest = rest.subtract(money);
      parts.add(
          new ExplanationStep(
              effect ? itemName(row) : row.getAs("effect"), money, currency, List.of()));
    }
    if (found.size() > MOST_PARTS) {
      String others = "%,d more".formatted(found.size() - MOST_PARTS);
      parts.add(new ExplanationStep(others, rest, currency, List.of()));
    }
    return new ExplanationStep(label, change, currency, parts);
  }

  private static boolean isPartOf(Row part, Row line, boolean effect) {
    String basis = line.getAs("basis");
    String own = part.getAs("effect");
    return effect
        ? basis.equals(own)
        : values(part, ITEM).equals(values(line, ITEM)) && effectsOf(basis).contains(own);
  }

  private static Set<String> effectsOf(String basis) {
    return switch (basis) {
      case "usage" -> Set.of("volume", "mix", "price", "new", "ended");
      case "pool" -> Set.of("pool_cost", "pool_share");
      default -> Set.of(basis);
    };
  }

  private static List<Object> values(Row row, List<String> columns) {
    return Arrays.asList(columns.stream().map(row::<Object>getAs).toArray());
  }

  private static String itemName(Row row) {
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
    return "items without a name";
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
