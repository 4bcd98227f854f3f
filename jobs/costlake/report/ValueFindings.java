package costlake.report;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what AI models brought with what they cost. */
final class ValueFindings {
  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  ValueFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /**
   * Sums up the value of AI models in one line. Counts the cost of a model only once if the model
   * has several benefits.
   */
  public String lede() {
    Map<String, BigDecimal> costs = new TreeMap<>();
    BigDecimal benefit = BigDecimal.ZERO;
    for (PrintedRow v : statement.rows("value")) {
      if ("measured".equals(v.text("status"))) {
        costs.put(v.text("model_id"), v.decimal("cost_shown"));
        benefit = benefit.add(v.decimal("benefit_shown"));
      }
    }
    return costs.isEmpty() ? withoutValue() : lede(costs, benefit);
  }

  private String withoutValue() {
    return words.say(
        remarks().isEmpty()
            ? "What hours and models cost; no value data for any model."
            : "What hours and models cost. No benefit can be compared with the cost of its model.");
  }

  private String lede(Map<String, BigDecimal> costs, BigDecimal benefit) {
    long all = models().size();
    BigDecimal cost = costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return words.say(
        costs.size() == 1
            ? "{0} of {1} models reports value: {2} for a cost of {3}."
            : "{0} of {1} models report value: {2} for a cost of {3}.",
        costs.size(),
        all,
        figures.whole(benefit),
        figures.whole(cost));
  }

  /** Explains why benefits were not compared with a cost, in one sentence each. */
  public List<String> remarks() {
    return remarks(v -> words.remark(v.text("status")));
  }

  /** Says which part of the cost of a model is that of the statement, if others pay for it too. */
  public List<String> partsPaid() {
    return remarks(this::partPaid);
  }

  private List<String> remarks(Function<PrintedRow, @Nullable String> remark) {
    return statement.rows("value").stream()
        .filter(v -> remark.apply(v) != null)
        .map(v -> words.item(v.textOrNull("model_id")) + ": " + remark.apply(v) + ".")
        .distinct()
        .toList();
  }

  private @Nullable String partPaid(PrintedRow model) {
    BigDecimal cost = model.decimalOrNull("cost_shown");
    BigDecimal paid = model.decimalOrNull("paid_shown");
    return cost == null || paid == null || cost.compareTo(paid) == 0
        ? null
        : words.say("this statement pays {0} of its cost", figures.money(paid));
  }

  /** Returns the returns to date, one row for each model. */
  public List<PrintedRow> returns() {
    Map<String, PrintedRow> models = new LinkedHashMap<>();
    statement.rows("value").stream()
        .filter(v -> v.decimalOrNull("cost_to_date_shown") != null)
        .forEach(v -> models.putIfAbsent(v.text("model_id"), v));
    return List.copyOf(models.values());
  }

  private List<@Nullable String> models() {
    return statement.rows("value").stream().map(v -> v.textOrNull("model_id")).distinct().toList();
  }

  /**
   * Says how much cost is in no ROI; null if models have all cost, or there is no ROI. A month that
   * was closed before the life costs had the cost of the month has it as a line without a model.
   */
  public @Nullable String withoutModel() {
    if (statement.rows("value").isEmpty()) {
      return null;
    }
    List<BigDecimal> ofModels =
        statement.rows("model_life").stream()
            .flatMap(model -> Stream.ofNullable(model.decimalOrNull("cost_shown")))
            .toList();
    BigDecimal rest = ofModels.isEmpty() ? statement.unnamed("model") : rest(ofModels);
    return rest == null
        ? null
        : words.say(
            "Cost without a model, which is in no ROI: {0}, {1} of the total.",
            figures.money(rest),
            figures.percent(FigureFormat.ratio(rest, statement.head().total())));
  }

  private @Nullable BigDecimal rest(List<BigDecimal> costs) {
    BigDecimal rest = costs.stream().reduce(statement.head().total(), BigDecimal::subtract);
    return rest.signum() == 0 ? null : rest;
  }

  /** Says how many models report no value; null if all do. */
  @Nullable String gap() {
    List<@Nullable String> all = models();
    long without = all.stream().filter(model -> !reports(model)).count();
    return without == 0
        ? null
        : words.say("Value of models: {0} of {1} report none.", without, all.size());
  }

  private boolean reports(@Nullable String model) {
    return statement.rows("value").stream()
        .filter(v -> Objects.equals(v.textOrNull("model_id"), model))
        .anyMatch(Statement::reportsValue);
  }
}
