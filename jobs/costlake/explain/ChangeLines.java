package costlake.explain;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import costlake.report.FigureFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains the lines that say why the total of a statement changed. The line of an effect (e.g.
 * volume) is split by item, the line of an item (e.g. a SKU) is split by effect, and the line of
 * all other items by both. Each item leads to its charges in both months.
 */
final class ChangeLines {
  static final String TABLE = "reporting.statement_changes";
  static final String PARTS = "economics.receiver_cost_changes";
  private static final int MOST_PARTS = 10;
  private static final FigureFormat FIGURES = new FigureFormat(Locale.ROOT);
  private static final List<String> STATEMENT =
      List.of("billing_month", "receiver_id", "billing_currency");
  private static final List<String> ITEM =
      List.of("pool_id", "provider", "service", "sku_id", "pricing_unit");

  /** A line with the parts that are shown, and how many more there are. */
  private record Found(Row line, List<Row> parts, int more) {}

  private final ChangedCharges charges;

  private ChangeLines(ChangedCharges charges) {
    this.charges = charges;
  }

  /**
   * Explains change lines.
   *
   * @param lines selects the lines by the columns of {@link #TABLE}
   * @param statement selects the statements of these lines by month, receiver and currency
   */
  static List<ExplainedLine> lines(SparkSession spark, Column lines, Column statement) {
    List<Row> chosen = spark.table(TABLE).where(lines).orderBy("line_id").collectAsList();
    if (chosen.isEmpty()) {
      return new ArrayList<>();
    }
    Map<List<Object>, List<Row>> parts = parts(spark, statement);
    Map<List<Object>, Set<List<Object>>> named = named(spark, statement);
    List<Found> found =
        chosen.stream()
            .map(
                line -> {
                  List<Object> key = values(line, STATEMENT);
                  return found(
                      line, parts.getOrDefault(key, List.of()), named.getOrDefault(key, Set.of()));
                })
            .toList();
    List<Row> shown = found.stream().flatMap(each -> each.parts().stream()).toList();
    ChangeLines changes = new ChangeLines(ChangedCharges.of(spark, shown));
    return found.stream()
        .map(each -> ExplainedLine.of(each.line(), changes.tree(each)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Map<List<Object>, List<Row>> parts(SparkSession spark, Column statement) {
    return spark
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
  }

  /** Returns the items that have a line of their own, by statement. */
  private static Map<List<Object>, Set<List<Object>>> named(SparkSession spark, Column statement) {
    return spark
        .table(TABLE)
        .where(statement.and(col("breakdown").equalTo("item")).and(col("members").equalTo(1)))
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                line -> values(line, STATEMENT),
                Collectors.mapping(line -> item(line, line.getAs("basis")), Collectors.toSet())));
  }

  private static Found found(Row line, List<Row> ofStatement, Set<List<Object>> named) {
    List<Row> own = ofStatement.stream().filter(part -> isPartOf(part, line, named)).toList();
    List<Row> shown = own.subList(0, Math.min(MOST_PARTS, own.size()));
    return new Found(line, shown, own.size() - shown.size());
  }

  private static boolean isPartOf(Row part, Row line, Set<List<Object>> named) {
    String effect = part.getAs("effect");
    if (isEffect(line)) {
      return effect.equals(line.getAs("basis"));
    }
    List<Object> item = item(part, basis(effect));
    return isRest(line) ? !named.contains(item) : item.equals(item(line, line.getAs("basis")));
  }

  private static boolean isEffect(Row line) {
    return "effect".equals(line.getAs("breakdown"));
  }

  private static boolean isRest(Row line) {
    return line.<Integer>getAs("members") > 1;
  }

  private static String basis(String effect) {
    return switch (effect) {
      case "volume", "mix", "price", "new", "ended" -> "usage";
      case "pool_cost", "pool_share" -> "pool";
      default -> effect;
    };
  }

  private static List<Object> item(Row row, String basis) {
    return Stream.concat(Stream.of((Object) basis), values(row, ITEM).stream())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<Object> values(Row row, List<String> columns) {
    return Arrays.asList(columns.stream().map(row::<Object>getAs).toArray());
  }

  private ExplanationStep tree(Found found) {
    Row line = found.line();
    BigDecimal change = line.getAs("change_cost");
    String currency = line.getAs("billing_currency");
    boolean oneItem = !isEffect(line) && !isRest(line);
    List<ExplanationStep> parts =
        found.parts().stream()
            .map(part -> step(part, oneItem ? effectName(part) : partName(line, part), !oneItem))
            .collect(Collectors.toCollection(ArrayList::new));
    if (found.more() > 0) {
      BigDecimal rest = change.subtract(ExplanationStep.sum(parts));
      parts.add(new ExplanationStep("%,d more".formatted(found.more()), rest, currency, List.of()));
    }
    if (oneItem && !found.parts().isEmpty()) {
      parts.addAll(charges.of(found.parts().get(0)));
    }
    return new ExplanationStep(label(line), change, currency, parts);
  }

  private ExplanationStep step(Row part, String label, boolean withCharges) {
    return new ExplanationStep(
        label,
        part.getAs("change_cost"),
        part.getAs("billing_currency"),
        withCharges ? charges.of(part) : List.of());
  }

  private static String label(Row line) {
    String what =
        isEffect(line)
            ? words(line.getAs("basis"))
            : isRest(line) ? "everything else" : itemName(line, line.getAs("name")) + prices(line);
    return "%s: change, %s".formatted(line.<String>getAs("line_id"), what);
  }

  private static String partName(Row line, Row part) {
    String item = itemName(part, part.getAs("sku_name"));
    return isRest(line) ? item + ", " + effectName(part) : item;
  }

  private static String effectName(Row part) {
    return words(part.getAs("effect"));
  }

  private static String words(String id) {
    return id.replace('_', ' ');
  }

  private static String itemName(Row row, @Nullable String name) {
    String quantities = quantities(row);
    if (name != null) {
      return name + quantities;
    }
    for (String column : List.of("pool_id", "sku_id", "service")) {
      String id = row.getAs(column);
      if (id != null) {
        return column.replaceFirst("_id$", "") + " " + id + quantities;
      }
    }
    return "the statement as a whole";
  }

  private static String quantities(Row row) {
    BigDecimal now = row.getAs("quantity");
    BigDecimal before = row.getAs("quantity_before");
    return now == null || before == null
        ? ""
        : ", from %s to %s %s"
            .formatted(
                ChargeSentence.quantity(before),
                ChargeSentence.quantity(now),
                row.<String>getAs("pricing_unit"));
  }

  private static String prices(Row line) {
    BigDecimal now = line.getAs("unit_price");
    BigDecimal before = line.getAs("unit_price_before");
    return now == null || before == null
        ? ""
        : ", from %2$s %1$s to %2$s %3$s each"
            .formatted(
                FIGURES.price(before), line.<String>getAs("billing_currency"), FIGURES.price(now));
  }
}
