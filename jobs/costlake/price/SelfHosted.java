package costlake.price;

import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A model of one's own in a month, over all its endpoints, against the models of vendors. Reads
 * {@code economics.vendor_comparison}.
 */
public final class SelfHosted {
  private static final String MODEL = "model_id";
  private static final String MONTH = "usage_month";
  private static final String REQUESTS = "requests";
  private static final String INPUT = "input_tokens";
  private static final String OUTPUT = "output_tokens";
  private static final String OWN = "cost_usd";
  private static final String USED = "usage_cost_usd";
  private static final String API = "api_cost_usd";
  private static final int MILLION_DIGITS = 6;
  private static final int DIGITS = 9;

  /**
   * One line of the comparison.
   *
   * @param vendor null for the model of one's own
   * @param usd cost of the traffic; null if it is not known
   * @param usdPerMillion {@code usd} per million tokens, input and output together
   * @param usdPerRequest {@code usd} per request
   * @param utilisation for the model of one's own, its utilisation; for a model of a vendor, the
   *     utilisation from which one's own is cheaper
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
  private final Map<String, List<Row>> byVendorModel;

  private SelfHosted(String model, BillingPeriod month, List<Row> rows) {
    this.model = model;
    this.month = month;
    this.byVendorModel =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getAs("vendor") + "/" + row.<String>getAs("vendor_model")));
  }

  /**
   * Selects the comparison of a model.
   *
   * @param month empty for the last month with traffic of the model
   * @throws Failure with exit code 2 if the model has no traffic with tokens
   */
  public static SelfHosted of(
      Dataset<Row> comparison, String model, Optional<BillingPeriod> month) {
    List<Row> rows = comparison.filter(comparison.col(MODEL).equalTo(model)).collectAsList();
    TreeSet<BillingPeriod> months =
        rows.stream().map(SelfHosted::month).collect(Collectors.toCollection(TreeSet::new));
    if (months.isEmpty()) {
      throw unknown(comparison, model);
    }
    BillingPeriod wanted = month.orElse(months.last());
    if (!months.contains(wanted)) {
      throw Failure.operator(
          "Cannot compare %s in %s: it has no traffic with tokens in this month. Months: %s.",
          model,
          wanted,
          months.stream().map(BillingPeriod::toString).collect(Collectors.joining(", ")));
    }
    return new SelfHosted(
        model, wanted, rows.stream().filter(row -> month(row).equals(wanted)).toList());
  }

  private static BillingPeriod month(Row row) {
    return BillingPeriod.of(LocalDate.parse(row.getAs(MONTH).toString()));
  }

  private static Failure unknown(Dataset<Row> comparison, String model) {
    List<String> models =
        comparison.select(MODEL).distinct().collectAsList().stream()
            .filter(row -> !row.isNullAt(0))
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    return Failure.operator(
        "Cannot compare '%s': no endpoint has traffic with tokens of this model.%s Models: %s.",
        model, Nearest.hint(model, models), models.isEmpty() ? "none" : String.join(", ", models));
  }

  /** Returns the month that is compared. */
  public BillingPeriod month() {
    return month;
  }

  /**
   * Returns a row for each endpoint: rows of an endpoint differ in the model of the vendor only.
   */
  private List<Row> endpoints() {
    Map<String, Row> rows = new TreeMap<>();
    byVendorModel
        .values()
        .forEach(some -> some.forEach(row -> rows.put(row.getAs("endpoint_id"), row)));
    return List.copyOf(rows.values());
  }

  /** Returns the line of one's own model, then those of the models of vendors, in their order. */
  public List<Line> against(List<PricedModel> vendors) {
    return Stream.concat(Stream.of(own()), vendors.stream().map(this::line)).toList();
  }

  private Line own() {
    List<Row> own = endpoints();
    return line(null, model, own, sum(own, OWN));
  }

  /** Returns the line of a vendor. The cost is unknown if an endpoint has no row for its model. */
  private Line line(PricedModel vendor) {
    List<Row> own = endpoints();
    List<Row> priced = byVendorModel.getOrDefault(vendor.qualified(), List.of());
    return line(
        vendor.vendor(), vendor.name(), own, priced.size() == own.size() ? sum(priced, API) : null);
  }

  private static Line line(
      @Nullable String vendor, String name, List<Row> endpoints, @Nullable BigDecimal usd) {
    BigDecimal tokens = plus(sum(endpoints, INPUT), sum(endpoints, OUTPUT));
    BigDecimal own = sum(endpoints, OWN);
    return new Line(
        vendor,
        name,
        usd,
        quotient(usd, tokens, t -> t.movePointLeft(MILLION_DIGITS)),
        quotient(usd, sum(endpoints, REQUESTS), r -> r),
        quotient(sum(endpoints, USED), usd, u -> u),
        vendor == null || own == null || tokens == null
            ? null
            : quotient(tokens.multiply(own), usd, u -> u));
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
    BigDecimal sum = rows.isEmpty() ? null : BigDecimal.ZERO;
    for (Row row : rows) {
      BigDecimal value = row.getAs(column);
      sum = plus(sum, value);
    }
    return sum;
  }
}
