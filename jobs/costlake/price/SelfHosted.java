package costlake.price;

import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A model of one's own in a month, over its endpoints, against the models of vendors. Reads {@code
 * economics.served_models} and {@code economics.vendor_comparison}.
 */
public final class SelfHosted {
  private static final String MODEL = "model_id";
  private static final String MONTH = "usage_month";
  private static final String ENDPOINT = "endpoint_id";
  private static final String REQUESTS = "requests";
  private static final String INPUT = "input_tokens";
  private static final String OUTPUT = "output_tokens";
  private static final String CAPACITY = "capacity_tokens";
  private static final String OWN = "cost_usd";
  private static final String API = "api_cost_usd";
  private static final int MILLION_DIGITS = 6;
  private static final int DIGITS = 9;
  private static final int CENT_DIGITS = 2;

  /**
   * One line of the comparison.
   *
   * @param vendor null for the model of one's own
   * @param usd cost of the traffic; null if it is not known
   * @param usdPerMillion {@code usd} per million tokens, input and output together
   * @param usdPerRequest {@code usd} per request
   * @param utilisation for the model of one's own, its tokens against those that its endpoints
   *     could answer; for a model of a vendor, the utilisation from which one's own is cheaper
   * @param breakEvenTokens tokens a month that would cost on the model of the vendor what one's own
   *     costs; null for one's own
   */
  public record Line(
      @Nullable String vendor,
      String model,
      @Nullable BigDecimal usd,
      @Nullable BigDecimal usdPerMillion,
      @Nullable BigDecimal usdPerRequest,
      @Nullable BigDecimal utilisation,
      @Nullable BigDecimal breakEvenTokens) {}

  private final String model;
  private final BillingPeriod month;
  private final List<Row> endpoints;
  private final List<Row> compared;
  private final List<Row> priced;

  private SelfHosted(String model, BillingPeriod month, List<Row> endpoints, List<Row> priced) {
    this.model = model;
    this.month = month;
    this.endpoints = endpoints;
    this.compared = compared(endpoints);
    this.priced = priced;
  }

  /**
   * Selects the comparison of a model.
   *
   * @param served {@code economics.served_models}
   * @param comparison {@code economics.vendor_comparison}
   * @param month empty for the last month with traffic of the model, else the last month with cost
   * @throws Failure with exit code 2 if no endpoint has the model
   */
  public static SelfHosted of(
      Dataset<Row> served, Dataset<Row> comparison, String model, Optional<BillingPeriod> month) {
    List<Row> rows = rows(served, model);
    if (rows.isEmpty()) {
      throw unknown(served, model);
    }
    SortedSet<BillingPeriod> months = months(rows, row -> true);
    SortedSet<BillingPeriod> busy = months(rows, SelfHosted::hasTraffic);
    BillingPeriod wanted = month.orElseGet(() -> (busy.isEmpty() ? months : busy).last());
    if (!months.contains(wanted)) {
      throw Failure.operator(
          "Cannot compare %s in %s: no endpoint has it in this month. Months: %s.",
          model,
          wanted,
          months.stream().map(BillingPeriod::toString).collect(Collectors.joining(", ")));
    }
    return new SelfHosted(model, wanted, of(rows, wanted), of(rows(comparison, model), wanted));
  }

  private static List<Row> rows(Dataset<Row> table, String model) {
    return table.filter(table.col(MODEL).equalTo(model)).collectAsList();
  }

  private static List<Row> of(List<Row> rows, BillingPeriod month) {
    return rows.stream()
        .filter(row -> month(row).equals(month))
        .sorted(Comparator.comparing(SelfHosted::endpoint))
        .toList();
  }

  private static SortedSet<BillingPeriod> months(List<Row> rows, Predicate<Row> which) {
    return rows.stream()
        .filter(which)
        .map(SelfHosted::month)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static BillingPeriod month(Row row) {
    return BillingPeriod.of(LocalDate.parse(row.getAs(MONTH).toString()));
  }

  private static String endpoint(Row row) {
    return row.getAs(ENDPOINT);
  }

  private static boolean hasTraffic(Row row) {
    return hasTokens(row) || has(row, REQUESTS);
  }

  private static boolean hasTokens(Row row) {
    return has(row, INPUT) || has(row, OUTPUT);
  }

  private static boolean has(Row row, String column) {
    return row.getAs(column) != null;
  }

  /** Returns the endpoints with tokens and cost; without any, those with tokens, else with cost. */
  private static List<Row> compared(List<Row> endpoints) {
    Predicate<Row> hasTokens = SelfHosted::hasTokens;
    Predicate<Row> hasCost = row -> has(row, OWN);
    return Stream.of(hasTokens.and(hasCost), hasTokens, hasCost, row -> true)
        .map(which -> endpoints.stream().filter(which).toList())
        .filter(some -> !some.isEmpty())
        .findFirst()
        .orElse(endpoints);
  }

  private static Failure unknown(Dataset<Row> served, String model) {
    List<String> models =
        served.select(MODEL).distinct().collectAsList().stream()
            .filter(row -> !row.isNullAt(0))
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    return Failure.operator(
        "Cannot compare '%s': no endpoint has this model.%s Models: %s.",
        model, Nearest.hint(model, models), models.isEmpty() ? "none" : String.join(", ", models));
  }

  /** Returns the month that is compared. */
  public BillingPeriod month() {
    return month;
  }

  /** Names each endpoint of which a figure is unknown, and says why and whether it is left out. */
  public List<String> remarks() {
    return endpoints.stream()
        .filter(row -> !hasTokens(row) || !has(row, OWN))
        .map(row -> endpoint(row) + why(row) + (compared.contains(row) ? "." : "; left out."))
        .toList();
  }

  private static String why(Row row) {
    BigDecimal usd = row.getAs(OWN);
    String cost =
        usd == null
            ? "no cost is known"
            : "USD " + usd.setScale(CENT_DIGITS, RoundingMode.HALF_UP).toPlainString();
    if (hasTokens(row)) {
      return ": " + cost + " of its " + amount(row, REQUESTS) + " requests";
    }
    return has(row, REQUESTS)
        ? ": " + amount(row, REQUESTS) + " requests without a count of tokens, " + cost
        : ": no traffic was measured, " + cost;
  }

  private static String amount(Row row, String column) {
    BigDecimal amount = row.getAs(column);
    return amount == null ? "unknown" : amount.stripTrailingZeros().toPlainString();
  }

  /** Says for how many hours the first price of a vendor's model counts, since it had none yet. */
  public List<String> laterPrices(List<PricedModel> vendors) {
    return vendors.stream()
        .filter(vendor -> later(vendor) > 0)
        .map(
            vendor ->
                "%s: %d hours from before %s, the first day of its prices, priced as of that day."
                    .formatted(vendor.name(), later(vendor), vendor.firstDay()))
        .toList();
  }

  private long later(PricedModel vendor) {
    return priced(vendor).stream().mapToLong(row -> row.<Long>getAs("later_hours")).sum();
  }

  /** Returns the line of one's own model, then those of the models of vendors, in their order. */
  public List<Line> against(List<PricedModel> vendors) {
    return Stream.concat(Stream.of(own()), vendors.stream().map(this::line)).toList();
  }

  private Line own() {
    BigDecimal usd = sum(compared, OWN);
    return line(
        null, model, usd, quotient(tokens(), sum(compared, CAPACITY), capacity -> capacity), null);
  }

  /** Returns the line of a vendor. The cost is unknown if an endpoint has no row for its model. */
  private Line line(PricedModel vendor) {
    List<Row> rows = priced(vendor);
    BigDecimal usd = rows.size() == compared.size() ? sum(rows, API) : null;
    BigDecimal own = sum(compared, OWN);
    BigDecimal tokens = tokens();
    BigDecimal even =
        own == null || tokens == null ? null : quotient(tokens.multiply(own), usd, u -> u);
    return line(
        vendor.vendor(), vendor.name(), usd, quotient(even, sum(compared, CAPACITY), c -> c), even);
  }

  private List<Row> priced(PricedModel vendor) {
    List<String> names = compared.stream().map(SelfHosted::endpoint).toList();
    return priced.stream()
        .filter(row -> names.contains(endpoint(row)))
        .filter(row -> vendor.vendor().equals(row.getAs("vendor")))
        .filter(row -> vendor.name().equals(row.getAs("vendor_model")))
        .toList();
  }

  private Line line(
      @Nullable String vendor,
      String name,
      @Nullable BigDecimal usd,
      @Nullable BigDecimal utilisation,
      @Nullable BigDecimal breakEvenTokens) {
    return new Line(
        vendor,
        name,
        usd,
        quotient(usd, tokens(), t -> t.movePointLeft(MILLION_DIGITS)),
        quotient(usd, sum(compared, REQUESTS), r -> r),
        utilisation,
        breakEvenTokens);
  }

  private @Nullable BigDecimal tokens() {
    return sum(compared, SelfHosted::tokens);
  }

  /** Returns the tokens of an endpoint; a part that was not counted is zero if the other was. */
  private static @Nullable BigDecimal tokens(Row row) {
    return hasTokens(row) ? orZero(row, INPUT).add(orZero(row, OUTPUT)) : null;
  }

  private static BigDecimal orZero(Row row, String column) {
    BigDecimal amount = row.getAs(column);
    return amount == null ? BigDecimal.ZERO : amount;
  }

  private static @Nullable BigDecimal plus(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? null : one.add(other);
  }

  /** Divides, rounded half up; null if a value is unknown or the divisor is zero. */
  private static @Nullable BigDecimal quotient(
      @Nullable BigDecimal amount,
      @Nullable BigDecimal by,
      Function<BigDecimal, BigDecimal> scaled) {
    return amount == null || by == null || by.signum() == 0
        ? null
        : amount.divide(scaled.apply(by), DIGITS, RoundingMode.HALF_UP);
  }

  /** Sums a column; null if there is no row or if a value is unknown. */
  private static @Nullable BigDecimal sum(List<Row> rows, String column) {
    return sum(rows, row -> row.<@Nullable BigDecimal>getAs(column));
  }

  private static @Nullable BigDecimal sum(
      List<Row> rows, Function<Row, @Nullable BigDecimal> value) {
    BigDecimal sum = rows.isEmpty() ? null : BigDecimal.ZERO;
    for (Row row : rows) {
      sum = plus(sum, value.apply(row));
    }
    return sum;
  }
}
