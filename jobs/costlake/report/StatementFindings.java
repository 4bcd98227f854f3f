package costlake.report;

import static java.util.Comparator.naturalOrder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sentences of a statement about its figures. A reader can check each of them on the
 * page.
 */
final class StatementFindings {
  private static final String WITHOUT_MODEL =
      "Cost without a model, which is in no ROI: {0}, {1} of the total.";

  /** Smallest change between two months that is mentioned, as a share of the larger month. */
  private static final BigDecimal MENTIONED_MIN = new BigDecimal("0.2");

  private static final int USES_MAX = 3;

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  StatementFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Names the three largest effects on the total, in one line. */
  public String changes() {
    String effects =
        statement.changes("effect").stream()
            .sorted(Comparator.comparing(StatementFindings::size).reversed())
            .limit(3)
            .map(c -> words.within(c.text("basis")) + " " + figures.rise(change(c)))
            .collect(Collectors.joining(", "));
    return changes(effects)
        + (statement.changes("effect").size() > 3 ? words.say(", and more below.") : ".");
  }

  private String changes(String effects) {
    String before = figures.month(statement.head().month().minusMonths(1));
    if (statement.measured() != null) {
      return words.say("{0} does not compare, because telemetry began: {1}", before, effects);
    }
    BigDecimal difference = Objects.requireNonNull(statement.head().difference());
    String sentence =
        switch (difference.signum()) {
          case 0 -> "The same total as in {1}; increases and decreases offset each other: {2}";
          case 1 -> "Up {0} against {1}: {2}";
          default -> "Down {0} against {1}: {2}";
        };
    return words.say(sentence, figures.whole(difference.abs()), before, effects);
  }

  private static BigDecimal change(PrintedRow change) {
    return change.decimal("change_shown");
  }

  private static BigDecimal size(PrintedRow change) {
    return change(change).abs();
  }

  private String share(@Nullable BigDecimal part) {
    return figures.percent(FigureFormat.ratio(part, statement.head().total()));
  }

  /**
   * Names the largest uses, else the largest service, and the largest change between two months, in
   * one line.
   */
  public String where() {
    return (statement.rows("uses").isEmpty() ? largestService() : largestUses()) + step();
  }

  private String largestUses() {
    return words.say(
        "Most of the money went to: {0}.",
        statement.rows("uses").stream()
            .sorted(Comparator.comparing((PrintedRow use) -> use.decimal("cost_shown")).reversed())
            .limit(USES_MAX)
            .map(
                use ->
                    words.use(use.text("used_for"))
                        + " "
                        + figures.percent(use.decimalOrNull("share_ratio")))
            .collect(Collectors.joining(", ")));
  }

  private String largestService() {
    List<PrintedRow> services = statement.named("service");
    return services.isEmpty()
        ? words.say("No charge names a service.")
        : words.say(
            "{0} of the total is {1}.",
            figures.percent(services.get(0).decimalOrNull("share_ratio")),
            name(services.get(0).textOrNull("name")));
  }

  private String step() {
    TreeMap<LocalDate, BigDecimal> months = new TreeMap<>();
    statement
        .comparable("history")
        .forEach(
            m -> months.merge(m.day("history_month"), m.decimal("cost_shown"), BigDecimal::add));
    return months.keySet().stream()
        .filter(m -> months.containsKey(m.minusMonths(1)) && !beginsSplit(m))
        .max(Comparator.comparing(m -> rise(months, m).abs()))
        .filter(m -> isMentioned(months, m))
        .map(
            m ->
                " "
                    + words.say(
                        "The largest step in {0} months: {1} in {2}.",
                        months.size(), figures.rise(rise(months, m)), figures.month(m)))
        .orElse("");
  }

  /**
   * Whether the month differs from the month before because the cost of nodes is split by use from
   * this month on.
   */
  private boolean beginsSplit(LocalDate month) {
    return history() != null && month.equals(statement.splitSince());
  }

  private static BigDecimal rise(Map<LocalDate, BigDecimal> months, LocalDate month) {
    return cost(months, month).subtract(cost(months, month.minusMonths(1)));
  }

  private static BigDecimal cost(Map<LocalDate, BigDecimal> months, LocalDate month) {
    return Objects.requireNonNull(months.get(month), month::toString);
  }

  private static boolean isMentioned(Map<LocalDate, BigDecimal> months, LocalDate month) {
    BigDecimal larger = cost(months, month).abs().max(cost(months, month.minusMonths(1)).abs());
    return months.size() > 2
        && rise(months, month).abs().compareTo(larger.multiply(MENTIONED_MIN)) > 0;
  }

  /**
   * Explains why the totals of months of the history cannot be compared; null when they can, as
   * those of the company, which always had all of the cost.
   */
  public @Nullable String history() {
    LocalDate since = statement.splitSince();
    return since == null || isCompany() || statement.rows("accelerators").isEmpty()
        ? null
        : words.say(
            "From {0} on, telemetry splits the cost of cluster nodes by who used them. Before, the"
                + " owner of the account received all of it. Totals before and after the dashed"
                + " line cannot be compared.",
            figures.month(since));
  }

  /** Says since when months are shown, for a heading; null if all are. */
  public @Nullable String since() {
    LocalDate since = statement.comparableSince();
    return since == null
        ? null
        : words.say("since {0}, when telemetry began", figures.month(since));
  }

  /** Says why earlier months are not shown; null if all are. */
  public @Nullable String leftOut() {
    LocalDate since = statement.comparableSince();
    return since == null
        ? null
        : words.say(
            "Months before {0} are left out, because they do not compare: since then, telemetry"
                + " splits the cost of cluster nodes by who used them. Before, the owner of the"
                + " account paid all of it.",
            figures.month(since));
  }

  /** Explains why changes of some lines are not shown; null if all lines compare. */
  public @Nullable String uncompared() {
    return statement.rows("lines").stream().allMatch(Statement::isComparable)
        ? null
        : words.say(
            "Telemetry began in {0}: the cost of cluster nodes moved from their owners to those who"
                + " use them. What it moved cost into or out of does not compare with the month"
                + " before.",
            figures.month(statement.head().month()));
  }

  private boolean isCompany() {
    return statement.head().receiver().isCompany();
  }

  /** Explains the hatched months of the history by use; null if there are none. */
  public @Nullable String unsplit() {
    return statement.comparable("use_months").stream()
        .filter(row -> "unsplit".equals(row.text("series")))
        .map(row -> row.day("history_month"))
        .max(naturalOrder())
        .map(
            last ->
                words.say(
                    "Hatched bars are compute and platform services up to {0}: no telemetry says"
                        + " what these were used for. Later months show them as training,"
                        + " inference, notebooks and the rest. The other categories compare over"
                        + " all months.",
                    figures.month(last)))
        .orElse(null);
  }

  /** Sums up the hours of accelerators in one line, whose figures add up. */
  public String accelerators() {
    BigDecimal provisioned = hours("provisioned_hours");
    BigDecimal active = hours("active_hours");
    if (measured().isEmpty()) {
      return words.say(
          "Telemetry knows none of these accelerators; the bill knows their hours and cost.");
    }
    if (statement.held().isEmpty()) {
      return words.say(
          "Nobody held any of {0} provisioned accelerator-hours.", figures.units(provisioned));
    }
    if (active == null || provisioned == null) {
      return words.say(
          "{0} of {1} provisioned accelerator-hours were held; their activity was not measured.",
          figures.units(hours("allocated_hours")), figures.units(provisioned));
    }
    BigDecimal unused = zero(hours("workload_idle_hours"));
    BigDecimal free = zero(hours("node_idle_hours"));
    BigDecimal unmeasured =
        provisioned
            .subtract(active)
            .subtract(unused)
            .subtract(free)
            .setScale(1, RoundingMode.HALF_UP);
    return words.say(
        unmeasured.signum() > 0
            ? "{0} of {1} provisioned accelerator-hours were active, {2} held without use, {3}"
                + " free, {4} not measured."
            : "{0} of {1} provisioned accelerator-hours were active, {2} held without use, {3}"
                + " free.",
        figures.units(active),
        figures.units(provisioned),
        figures.units(unused),
        figures.units(free),
        figures.units(unmeasured));
  }

  private @Nullable BigDecimal hours(String column) {
    return hours(accelerator -> accelerator.decimalOrNull(column));
  }

  private @Nullable BigDecimal hours(Function<PrintedRow, @Nullable BigDecimal> hours) {
    return measured().stream()
        .map(hours)
        .filter(Objects::nonNull)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  private List<PrintedRow> measured() {
    return statement.rows("accelerators").stream()
        .filter(accelerator -> !AcceleratorFindings.isBilledOnly(accelerator))
        .toList();
  }

  private static BigDecimal zero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  /**
   * Sums up the value of AI models in one line. Counts the cost of a model only once if the model
   * has several benefits.
   */
  public String value() {
    Map<String, BigDecimal> costs = new TreeMap<>();
    BigDecimal benefit = BigDecimal.ZERO;
    for (PrintedRow v : statement.rows("value")) {
      if ("measured".equals(v.text("status"))) {
        costs.put(v.text("model_id"), v.decimal("cost_shown"));
        benefit = benefit.add(v.decimal("benefit_shown"));
      }
    }
    return costs.isEmpty() ? withoutValue() : value(costs, benefit);
  }

  private String withoutValue() {
    return words.say(
        valueRemarks().isEmpty()
            ? "What hours and models cost; no value data for any model."
            : "What hours and models cost. No benefit can be compared with the cost of its model.");
  }

  private String value(Map<String, BigDecimal> costs, BigDecimal benefit) {
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
  public List<String> valueRemarks() {
    return remarks(v -> words.remark(v.text("status")));
  }

  /** Says which part of the cost of a model is that of the statement, if others pay for it too. */
  public List<String> partsPaid() {
    return remarks(this::partPaid);
  }

  private List<String> remarks(Function<PrintedRow, @Nullable String> remark) {
    return statement.rows("value").stream()
        .filter(v -> remark.apply(v) != null)
        .map(v -> name(v.textOrNull("model_id")) + ": " + remark.apply(v) + ".")
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

  /** Lists what was not measured, in one sentence each. */
  public List<String> unmeasured() {
    return Stream.of(
            activityGap(),
            billedOnly(),
            valueGap(),
            nameless("project", "Project: not named by charges of {0}, {1} of the total."),
            nameless("environment", "Environment: not named by charges of {0}, {1} of the total."),
            missingRuns(),
            missingTokens())
        .filter(Objects::nonNull)
        .toList();
  }

  private @Nullable String missingRuns() {
    return statement.rows("runs").isEmpty() ? words.say("Training runs.") : null;
  }

  private @Nullable String missingTokens() {
    BigDecimal billed = statement.measured("billed_tokens");
    if (!statement.rows("endpoints").isEmpty()) {
      return null;
    }
    return billed == null
        ? words.say("Requests and tokens of inference.")
        : words.say(
            "Requests and tokens of endpoints. Tokens of model APIs are on the bill, for {0}.",
            figures.money(billed));
  }

  private @Nullable String activityGap() {
    if (measured().isEmpty()) {
      return words.say("Accelerators: the telemetry has none for this team.");
    }
    BigDecimal held = zero(hours("allocated_hours"));
    BigDecimal measured = zero(hours(StatementFindings::covered));
    BigDecimal gap = held.subtract(measured).setScale(1, RoundingMode.HALF_UP);
    return gap.signum() <= 0
        ? null
        : words.say(
            "Activity of accelerators: {0} of {1} held hours.",
            figures.units(gap), figures.units(held));
  }

  private @Nullable String billedOnly() {
    return measured().size() == statement.rows("accelerators").size()
        ? null
        : words.say(
            "Accelerators that only the bill knows, such as those of managed services: who held"
                + " them, and their activity.");
  }

  private static @Nullable BigDecimal covered(PrintedRow accelerator) {
    BigDecimal coverage = accelerator.decimalOrNull("coverage_ratio");
    return coverage == null ? null : coverage.multiply(accelerator.decimal("allocated_hours"));
  }

  private @Nullable String valueGap() {
    List<@Nullable String> all = models();
    long without = all.stream().filter(model -> !reports(model)).count();
    return without == 0
        ? null
        : words.say("Value of models: {0} of {1} report none.", without, all.size());
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
    return ofModels.isEmpty()
        ? nameless("model", WITHOUT_MODEL)
        : without(ofModels.stream().reduce(statement.head().total(), BigDecimal::subtract));
  }

  private @Nullable String without(BigDecimal rest) {
    return rest.signum() == 0 ? null : words.say(WITHOUT_MODEL, figures.money(rest), share(rest));
  }

  private boolean reports(@Nullable String model) {
    return statement.rows("value").stream()
        .filter(v -> Objects.equals(v.textOrNull("model_id"), model))
        .anyMatch(Statement::reportsValue);
  }

  private @Nullable String nameless(String breakdown, String sentence) {
    return statement.lines(breakdown).stream()
        .filter(Statement::isUnnamed)
        .findFirst()
        .map(line -> line.decimal("cost_shown"))
        .map(cost -> words.say(sentence, figures.money(cost), share(cost)))
        .orElse(null);
  }

  /** States in one line whether bills and statements agree. */
  public String quality() {
    List<BigDecimal> differences =
        statement.rows("quality").stream()
            .filter(check -> check.text("measure").endsWith("_difference"))
            .map(check -> check.decimalOrNull("money_shown"))
            .filter(Objects::nonNull)
            .toList();
    if (differences.isEmpty()) {
      return words.say("Whether bills and statements agree was not measured.");
    }
    return differences.stream().allMatch(m -> m.signum() == 0)
        ? words.say("Bills and statements agree to the cent.")
        : words.say("Bills and statements differ: see the table below.");
  }

  private String name(@Nullable String raw) {
    return raw == null
        ? words.say("items without a name")
        : SafeNames.shorten(SafeNames.plain(raw), 40);
  }
}
