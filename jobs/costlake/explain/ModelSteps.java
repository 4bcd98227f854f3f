package costlake.explain;

import static org.apache.spark.sql.functions.col;

import costlake.explain.Explain.Depth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains what a model cost in its life. Begins with the cost by stage, month and version; then
 * splits the cost in {@code economics.model_life} into stages, these into runs and endpoints, and
 * on demand these into charges.
 */
final class ModelSteps {
  static final String LIFE = "economics.model_life";
  private static final String COSTS = "economics.staged_costs";
  private static final String VERSION_COSTS = "economics.model_versions";
  private static final String RETURNS = "economics.model_returns";
  static final Set<String> TABLES =
      Set.of(LIFE, RunSteps.RUNS, VERSION_COSTS, RETURNS, COSTS, UsedCharges.TABLE);

  private static final int MOST_USES = 10;
  private static final int MOST_NOTES = 12;

  /** The last month has the sums to date. */
  private static final String LIVES =
      """
      select model_id, billing_currency, count(*) as months, date_format(min(billing_month), 'yyyy-MM') as first_month,
          date_format(max(billing_month), 'yyyy-MM') as last_month, sum(cost) as cost,
          max_by(cumulative_training, billing_month) as training, max_by(cumulative_inference, billing_month) as inference,
          date_format(max(overtaken_month), 'yyyy-MM') as overtaken, date_format(max(complete_from), 'yyyy-MM') as complete_from,
          if(max(complete_from) is null, null, max_by(cumulative_cost, billing_month)) as to_date,
          sum(if(is_complete, null, cost)) as incomplete
      from explained
      group by all
      order by billing_currency""";

  private static final String LAST_RETURN =
      """
      select currency as billing_currency, date_format(month, 'yyyy-MM') as month, benefit, month_roi, cumulative_benefit, roi,
          date_format(payback_month, 'yyyy-MM') as payback
      from explained
      where subject_kind = 'model' and status = 'measured'
      order by explained.month desc
      limit 1""";

  private static final String MONTHS =
      """
      select billing_currency, date_format(billing_month, 'yyyy-MM') as month, cost, cumulative_training,
          cumulative_inference
      from explained
      order by billing_month desc""";

  private static final String VERSIONS =
      """
      select billing_currency, model_version, runs, attempts, cost, waste, metric_name, metric_value,
          date_format(completed_at, 'yyyy-MM-dd HH:mm') as completed
      from explained
      order by completed_at desc nulls first, model_version desc""";

  private static final String USED_BY =
      "coalesce(concat('run ', run_id), concat('endpoint ', endpoint_id), use_kind, 'no run or endpoint')";

  private static final String LINE = "concat_ws('/', billing_currency, stage, " + USED_BY + ")";

  private static final String USES =
      """
      select %s as line_id, billing_currency, stage, %s as used_by, sum(effective_cost) as cost,
          min(usage_date) as first_day, max(usage_date) as last_day
      from explained
      group by all
      order by array_position(array('data', 'train', 'tune', 'evaluate', 'serve', 'store', 'retire', 'other'), stage),
          cost desc, used_by"""
          .formatted(LINE, USED_BY);

  /** What the money of a stage was used for, the largest first. */
  private record Stage(List<Row> uses) {
    static List<Stage> of(List<Row> uses) {
      return uses.stream()
          .collect(
              Collectors.groupingBy(
                  use -> key(use) + "/" + use.getAs("stage"),
                  LinkedHashMap::new,
                  Collectors.toList()))
          .values()
          .stream()
          .map(Stage::new)
          .filter(stage -> stage.cost().signum() != 0)
          .toList();
    }

    String name() {
      return uses.get(0).getAs("stage");
    }

    String currency() {
      return uses.get(0).getAs("billing_currency");
    }

    BigDecimal cost() {
      return uses.stream()
          .map(use -> use.<BigDecimal>getAs("cost"))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  private final SubjectRows model;
  private final Depth depth;

  private ModelSteps(SparkSession spark, String model, Depth depth) {
    this.model = new SubjectRows(spark, "model_id", model);
    this.depth = depth;
  }

  /** Returns the explanation of a model that a table of {@link #TABLES} has. */
  static ExplanationStep tree(SparkSession spark, String model, Depth depth) {
    return new ModelSteps(spark, model, depth).tree();
  }

  private ExplanationStep tree() {
    List<Row> lives = model.of(LIFE, LIVES);
    List<Stage> stages = Stage.of(model.of(COSTS, USES));
    Map<String, List<ExplanationStep>> steps =
        Stream.of(
                notes(lives, ModelSteps::crossing),
                notes(returns(), ModelSteps::returned),
                byStage(stages),
                latest(model.of(LIFE, MONTHS), ModelSteps::month, "months"),
                latest(model.of(VERSION_COSTS, VERSIONS), ModelSteps::version, "versions"),
                notes(lives, life -> "each run and endpoint below can be explained by its name"),
                stages(stages))
            .flatMap(part -> part.entrySet().stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.flatMapping(part -> part.getValue().stream(), Collectors.toList())));
    List<ExplanationStep> parts = lives.stream().map(life -> inCurrency(life, steps)).toList();
    return ExplanationStep.ofCurrencies(label(parts), parts).with(UsedCharges.asked(depth));
  }

  private String label(List<ExplanationStep> parts) {
    return Labels.joined(
        "Model " + model.id(),
        parts.isEmpty() ? "no charge is joined to it" : "cost as in " + LIFE);
  }

  private static ExplanationStep inCurrency(Row life, Map<String, List<ExplanationStep>> steps) {
    String currency = life.getAs("billing_currency");
    return new ExplanationStep(
        "in " + currency, life.getAs("cost"), currency, steps.getOrDefault(key(life), List.of()));
  }

  private static String key(Row row) {
    return key(row.<String>getAs("billing_currency"));
  }

  private static String key(@Nullable String currency) {
    return String.valueOf(currency);
  }

  private static Map<String, List<ExplanationStep>> notes(
      List<Row> rows, Function<Row, String> text) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                ModelSteps::key,
                Collectors.mapping(
                    row -> ExplanationStep.note(text.apply(row)), Collectors.toList())));
  }

  /** Says what the latest rows of each currency are, and how many earlier ones there are. */
  private static Map<String, List<ExplanationStep>> latest(
      List<Row> rows, Function<Row, String> text, String what) {
    Map<String, List<ExplanationStep>> all = notes(rows, text);
    all.replaceAll((currency, notes) -> latest(notes, what));
    return all;
  }

  private static List<ExplanationStep> latest(List<ExplanationStep> notes, String what) {
    int earlier = notes.size() - MOST_NOTES;
    return earlier <= 0
        ? notes
        : Stream.concat(
                notes.stream().limit(MOST_NOTES),
                Stream.of(ExplanationStep.note("earlier %s: %d".formatted(what, earlier))))
            .toList();
  }

  private static Map<String, List<ExplanationStep>> byStage(List<Stage> stages) {
    return stages.stream()
        .collect(
            Collectors.groupingBy(
                stage -> key(stage.currency()),
                Collectors.collectingAndThen(
                    Collectors.mapping(ModelSteps::stageCost, Collectors.joining(", ")),
                    text -> List.of(ExplanationStep.note("by stage: " + text)))));
  }

  private static String stageCost(Stage stage) {
    return stage.name() + " " + ExplanationStep.amount(stage.currency(), stage.cost());
  }

  private static String crossing(Row life) {
    String overtaken = life.getAs("overtaken");
    return Labels.joined(
        life.getAs("first_month") + " to " + life.getAs("last_month"),
        Labels.named("to date from the first complete month", life.getAs("complete_from")),
        sums(life, "training", "inference"),
        cost(life, "cost to date", "to_date"),
        overtaken == null
            ? "inference has not overtaken training"
            : "inference overtook training in " + overtaken,
        cost(life, "cost of the incomplete months before", "incomplete"));
  }

  /** Finds what the model brought, of the last month and to date. */
  private List<Row> returns() {
    return new SubjectRows(model.spark(), "subject_id", model.id()).of(RETURNS, LAST_RETURN);
  }

  private static String returned(Row last) {
    String payback = last.getAs("payback");
    return Labels.joined(
        "returns in " + last.getAs("month"),
        cost(last, "benefit", "benefit"),
        Labels.named("ROI", percent(last, "month_roi")),
        cost(last, "benefit to date", "cumulative_benefit"),
        Labels.named("ROI to date", percent(last, "roi")),
        payback == null ? "not paid back" : "paid back in " + payback);
  }

  private static @Nullable String percent(Row row, String ratio) {
    BigDecimal value = row.getAs(ratio);
    return value == null
        ? null
        : value.movePointRight(2).setScale(1, RoundingMode.HALF_UP).toPlainString() + " %";
  }

  private static @Nullable String cost(Row row, String label, String column) {
    BigDecimal money = row.getAs(column);
    return money == null
        ? null
        : label + " " + ExplanationStep.amount(row.getAs("billing_currency"), money);
  }

  private static String month(Row month) {
    return "%s: %s; up to then %s"
        .formatted(
            month.<String>getAs("month"),
            ExplanationStep.amount(month.getAs("billing_currency"), month.getAs("cost")),
            sums(month, "cumulative_training", "cumulative_inference"));
  }

  private static String sums(Row row, String training, String inference) {
    String currency = row.getAs("billing_currency");
    return row.getAs(training) == null
        ? "the uses of its cluster are not known"
        : Labels.joined(
            "training " + ExplanationStep.amount(currency, row.getAs(training)),
            "inference " + ExplanationStep.amount(currency, row.getAs(inference)));
  }

  private static String version(Row version) {
    String currency = version.getAs("billing_currency");
    BigDecimal metric = version.getAs("metric_value");
    return Labels.joined(
        "version " + Objects.requireNonNullElse(version.getAs("model_version"), "not named"),
        Labels.named("completed", version.getAs("completed")),
        Labels.named("runs:", version.getAs("runs")),
        Labels.named("attempts:", version.getAs("attempts")),
        metric == null ? null : version.getAs("metric_name") + " " + ExplanationStep.plain(metric),
        "cost " + ExplanationStep.amount(currency, version.getAs("cost")),
        "waste " + ExplanationStep.amount(currency, version.getAs("waste")));
  }

  private Map<String, List<ExplanationStep>> stages(List<Stage> stages) {
    List<Row> shown =
        stages.stream().flatMap(stage -> stage.uses().stream().limit(MOST_USES)).toList();
    Map<String, List<ExplanationStep>> charges =
        UsedCharges.of(model.spark(), depth, col(model.column()).equalTo(model.id()), LINE, shown);
    return stages.stream()
        .collect(
            Collectors.groupingBy(
                stage -> key(stage.currency()),
                Collectors.mapping(stage -> stage(stage, charges), Collectors.toList())));
  }

  private static ExplanationStep stage(Stage stage, Map<String, List<ExplanationStep>> charges) {
    List<ExplanationStep> uses = stage.uses().stream().map(use -> use(use, charges)).toList();
    return new ExplanationStep(
        stage.name(),
        stage.cost(),
        stage.currency(),
        ExplanationStep.largest(
            uses, MOST_USES, "runs and endpoints", stage.cost(), stage.currency()));
  }

  private static ExplanationStep use(Row use, Map<String, List<ExplanationStep>> charges) {
    return new ExplanationStep(
        use.getAs("used_by"),
        use.getAs("cost"),
        use.getAs("billing_currency"),
        charges.getOrDefault(use.<String>getAs("line_id"), List.of()));
  }
}
