package costlake.explain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Explains the events of a statement: what each cost, and what that is compared with. */
final class EventLines {
  static final String TABLE = "reporting.events";

  private EventLines() {}

  /** Explains the events that a condition on the columns of {@link #TABLE} selects. */
  static List<ExplainedLine> lines(SparkSession spark, Column selection) {
    return spark.table(TABLE).where(selection).orderBy("line_id").collectAsList().stream()
        .map(line -> ExplainedLine.of(line, tree(line)))
        .toList();
  }

  private static ExplanationStep tree(Row line) {
    String currency = line.getAs("billing_currency");
    BigDecimal cost = line.getAs("cost");
    BigDecimal before = line.getAs("cost_before");
    List<ExplanationStep> parts =
        cost == null || before == null
            ? List.of(ExplanationStep.note("what the other events of the statement leave"))
            : List.of(
                new ExplanationStep(period(line), cost, currency, List.of()),
                new ExplanationStep(
                    "less " + comparison(line), before.negate(), currency, List.of()));
    return new ExplanationStep(label(line), line.getAs("change"), currency, parts);
  }

  private static String label(Row line) {
    String name = Optional.ofNullable(line.<String>getAs("resource_name")).orElse("");
    String event = line.<String>getAs("event").replace('_', ' ');
    return "%s: %s %s".formatted(line.getAs("line_id"), event, name).strip();
  }

  private static String period(Row line) {
    return line.getAs("first_day") == null
        ? "calendar".equals(line.getAs("event"))
            ? "cost of the month before, for as many days as this month has"
            : "cost of the month"
        : "cost from %s to %s".formatted(line.getAs("first_day"), line.getAs("last_day"));
  }

  private static String comparison(Row line) {
    return switch (line.<String>getAs("event")) {
      case "calendar" -> "the cost of the month before";
      case "price" -> "the same quantity at the price of the month before";
      case "credit", "refund", "correction" -> "that of the month before";
      default -> "that of the month before, for as many days as this month has";
    };
  }
}
