package costlake.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the sentences of the page about serving, and the totals of its tables. */
final class ServingFindings {
  private static final int NAMES_MAX = 5;
  private static final int NAME_WIDTH = 30;

  /** Endpoints without traffic that have less than this part of the cost are one row on paper. */
  private static final BigDecimal SMALL_PART = new BigDecimal("0.05");

  private final List<PrintedRow> endpoints;
  private final List<PrintedRow> tenants;
  private final List<PrintedRow> months;
  private final FigureFormat figures;
  private final StatementTexts words;

  ServingFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.endpoints = statement.rows("endpoints");
    this.tenants = statement.rows("tenants");
    this.months = statement.comparable("inference_months");
    this.figures = figures;
    this.words = words;
  }

  /** Whether a tenant is known. Without traffic, one row has the whole cost, and names nobody. */
  public boolean knowsTenants() {
    return tenants.stream().anyMatch(row -> row.textOrNull("tenant_id") != null);
  }

  /** Returns the name of an endpoint: words for it, else its id; null if it is not named. */
  public @Nullable String endpoint(PrintedRow row) {
    return nameOf(row);
  }

  static @Nullable String nameOf(PrintedRow endpoint) {
    String name = endpoint.textOrNull("endpoint_name");
    return name == null ? endpoint.textOrNull("endpoint_id") : name;
  }

  /** Returns the endpoints that paper lists one by one. */
  public List<PrintedRow> listed() {
    List<PrintedRow> folded = folded();
    return endpoints.stream().filter(row -> !folded.contains(row)).toList();
  }

  /** Returns the endpoints without traffic that paper sums; none if there is only one. */
  public List<PrintedRow> folded() {
    BigDecimal small = total().multiply(SMALL_PART);
    List<PrintedRow> folded =
        endpoints.stream()
            .filter(has("status", "no_traffic"))
            .filter(row -> row.decimal("cost_shown").compareTo(small) < 0)
            .toList();
    return folded.size() > 1 ? folded : List.of();
  }

  /** Returns the cost of inference that the page adds up. */
  public BigDecimal total() {
    return sum(endpoints);
  }

  /** Returns the cost of endpoints, as printed. */
  public BigDecimal cost(List<PrintedRow> rows) {
    return sum(rows);
  }

  private static BigDecimal sum(List<PrintedRow> rows) {
    return rows.stream()
        .map(row -> row.decimalOrNull("cost_shown"))
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the cost of what was used; null if it is unknown for a part of the cost. */
  public @Nullable BigDecimal usage() {
    return usage(endpoints);
  }

  /** Returns the same of some endpoints. */
  public @Nullable BigDecimal usage(List<PrintedRow> rows) {
    List<BigDecimal> known =
        rows.stream()
            .map(row -> row.decimalOrNull("usage_shown"))
            .filter(Objects::nonNull)
            .toList();
    boolean whole = rows.stream().noneMatch(ServingFindings::lacksUsage);
    return whole ? known.stream().reduce(BigDecimal.ZERO, BigDecimal::add) : null;
  }

  private static boolean lacksUsage(PrintedRow row) {
    return row.decimalOrNull("cost_shown") != null && row.decimalOrNull("usage_shown") == null;
  }

  /** Returns the endpoints that answered requests. */
  public List<PrintedRow> served() {
    return answered(endpoints);
  }

  /** Returns the months in which endpoints answered requests: of others only the cost is known. */
  public List<PrintedRow> servedMonths() {
    return answered(months);
  }

  private static List<PrintedRow> answered(List<PrintedRow> rows) {
    return rows.stream().filter(row -> row.decimalOrNull("requests") != null).toList();
  }

  /** Returns the tokens of prompts and answers; null if neither was measured. */
  public @Nullable BigDecimal tokens(PrintedRow row) {
    return Stream.of(row.decimalOrNull("input_tokens"), row.decimalOrNull("output_tokens"))
        .filter(Objects::nonNull)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  /** Sums up the page in one line. */
  public String lede() {
    return Stream.of(cost(), price(), asleep())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  private String cost() {
    return words.say("Inference cost {0}.", figures.whole(total()));
  }

  /** States the figures of the endpoint with a price of tokens that costs most. */
  private @Nullable String price() {
    return endpoints.stream()
        .filter(row -> row.decimalOrNull("cost_per_million_tokens") != null)
        .filter(row -> row.textOrNull("endpoint_id") != null)
        .findFirst()
        .map(
            row ->
                words.say(
                    has("capacity_by", "stated").test(row)
                        ? "A million tokens of {0} cost {1}, at {2} of its stated capacity."
                        : "A million tokens of {0} cost {1}, at {2} of the rate of its busiest hour.",
                    name(row),
                    figures.price(row.decimal("cost_per_million_tokens")),
                    figures.percent(row.decimalOrNull("utilisation"))))
        .orElse(null);
  }

  private @Nullable String asleep() {
    List<PrintedRow> asleep = endpoints.stream().filter(has("status", "no_traffic")).toList();
    return asleep.isEmpty()
        ? null
        : words.say("Endpoints without measured traffic cost {0}.", figures.whole(sum(asleep)));
  }

  /** Explains why figures are unknown, and what others rest on, in one sentence for each reason. */
  public List<String> remarks() {
    return Stream.of(unknown(), Stream.of(estimates()), weights(), peers())
        .flatMap(reasons -> reasons)
        .filter(Objects::nonNull)
        .toList();
  }

  private Stream<@Nullable String> unknown() {
    return Stream.of(
        remark(
            has("status", "no_traffic"),
            "No traffic was measured, so there are no unit costs: {0}."),
        remark(
            has("status", "no_cost"),
            "No charge is known for the traffic, so its cost is unknown: {0}."),
        remark(
            has("split_by", "requests"),
            "Requests were measured but no tokens, so there is no cost of tokens: {0}."),
        remark(
            has("split_by", "gateway_estimates"),
            "Several models answered, so each bears its part in what the gateway estimates: {0}."),
        remark(
            ServingFindings::lacksUsage,
            "Activity of accelerators was not measured, so what was used is unknown: {0}."),
        remark(
            has("status", "endpoint_not_named"),
            "Workloads whose labels do not name their endpoint have a row of their own."));
  }

  /** States what the gateway computed for traffic that no charge is known for. */
  private @Nullable String estimates() {
    String found =
        endpoints.stream()
            .filter(row -> row.decimalOrNull("estimated_cost_usd") != null)
            .map(this::estimate)
            .collect(Collectors.joining("; "));
    return found.isEmpty()
        ? null
        : words.say(
            "The gateway itself estimates the cost of this traffic; that is no money of a bill, and"
                + " in no total: {0}.",
            found);
  }

  private String estimate(PrintedRow row) {
    return words.say(
        "{0} USD {1} (USD {2} per million tokens)",
        name(row),
        figures.money(row.decimal("estimated_cost_usd")),
        figures.price(row.decimalOrNull("estimated_usd_per_million_tokens")));
  }

  private Stream<@Nullable String> weights() {
    String weight = "output_weight_by";
    return Stream.of(
        remark(has(weight, "stated"), "The configuration says what an output token weighs: {0}."),
        remark(
            has(weight, "earlier_seconds"),
            "The time of reading and generating was not measured this month, so that of earlier"
                + " months divides the cost of tokens: {0}."),
        remark(
            has(weight, "vendor_prices"),
            "The time of reading and generating was not measured, so input and output weigh as in"
                + " the prices of the vendor: {0}."),
        remark(
            has(weight, "default"),
            "Neither time nor price says what an output token weighs, so it weighs 2.5 input"
                + " tokens: {0}."));
  }

  private Stream<@Nullable String> peers() {
    return Stream.of(
        remark(
            has("api_model_by", "cheapest_bought"),
            "No model of a vendor is configured to compare with, so it is the cheapest that the"
                + " company buys: {0}."),
        remark(
            ServingFindings::isPricedLater,
            "For a part of the month the model of the vendor had no price yet, so its first price"
                + " counts: {0}."));
  }

  private static boolean isPricedLater(PrintedRow row) {
    Integer hours = row.numberOrNull("api_later_hours");
    return hours != null && hours > 0;
  }

  private static Predicate<PrintedRow> has(String column, String value) {
    return row -> value.equals(row.textOrNull(column));
  }

  private @Nullable String remark(Predicate<PrintedRow> concerned, String sentence) {
    List<PrintedRow> found = endpoints.stream().filter(concerned).toList();
    return found.isEmpty() ? null : words.say(sentence, names(found));
  }

  private String names(List<PrintedRow> rows) {
    String first = rows.stream().limit(NAMES_MAX).map(this::name).collect(Collectors.joining(", "));
    int more = rows.size() - NAMES_MAX;
    return more > 0 ? words.say("{0} and {1} more", first, more) : first;
  }

  private String name(PrintedRow row) {
    if (row.number("members") > 1) {
      return words.say("Everything else ({0})", row.number("members"));
    }
    String name = nameOf(row);
    return name == null
        ? words.say("(endpoint not named)")
        : SafeNames.shorten(SafeNames.plain(name), NAME_WIDTH);
  }
}
