package costlake.approve;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import costlake.config.ApprovalsConfig;
import costlake.core.Failure;
import costlake.core.Money;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What the last night says of prices, of past runs and of what is left of budgets. */
public final class Estimates {
  private static final String RATES = "governance.accelerator_rates";
  private static final String MISSES = "governance.estimate_misses";

  /** The table with what each run cost. */
  public static final String RUNS = "governance.run_totals";

  /** The table with what is left of budgets. */
  public static final String BUDGETS = "governance.budget_status";

  /** The tables and public views that are read. */
  public static final Set<String> READS = Set.of(RATES, MISSES, RUNS, BUDGETS);

  private final Function<String, Dataset<Row>> tables;
  private final String currency;

  /**
   * Creates estimates.
   *
   * @param tables rows by the name of the table
   */
  public Estimates(Function<String, Dataset<Row>> tables, ApprovalsConfig config) {
    this.tables = tables;
    this.currency = config.currencyOfRequests();
  }

  /**
   * Refuses to go on without what a night publishes.
   *
   * @param exists whether a table or view is there, by its name
   * @throws Failure with exit code 2
   */
  public static void require(Predicate<String> exists) {
    if (!READS.stream().allMatch(exists)) {
      throw Failure.operator(
          "The lake has no prices of accelerators yet. Run 'costlake night' first");
    }
  }

  /**
   * Returns the price of an accelerator.
   *
   * @throws Failure with exit code 2 if nothing has this name, or if no price is known
   */
  Price price(RunRequest wish) {
    List<Row> named =
        tables
            .apply(RATES)
            .where(lower(col("accelerator_name")).equalTo(wish.key()))
            .collectAsList();
    if (named.isEmpty()) {
      List<String> names =
          tables.apply(RATES).select("accelerator_name").as(Encoders.STRING()).collectAsList();
      throw Failure.operator(
          """
          Unknown accelerator '%s'.%s reference/accelerators.csv in the configuration folder adds
          names
          """,
          wish.accelerator(), Nearest.hint(wish.accelerator(), names));
    }
    return named.stream()
        .filter(row -> currency.equals(row.getAs("billing_currency")))
        .findFirst()
        .map(this::price)
        .orElseThrow(() -> unpriced(named.get(0)));
  }

  /** Returns the price of each name of an accelerator that has one. */
  Map<String, Price> prices() {
    Map<String, Price> prices = new TreeMap<>();
    tables
        .apply(RATES)
        .where(col("billing_currency").equalTo(currency))
        .collectAsList()
        .forEach(row -> prices.put(row.getAs("accelerator_name"), price(row)));
    return prices;
  }

  private Failure unpriced(Row accelerator) {
    return Failure.operator(
        """
        No price of %s in %s is known: no bill of the company has one, and no line of
        reference/accelerator_list_prices.csv. Add a line there (accelerator_model, currency,
        hourly_rate, source)
        """,
        accelerator.<String>getAs("accelerator_model"), currency);
  }

  private Price price(Row row) {
    Date until = row.getAs("priced_until");
    return new Price(
        row.getAs("accelerator_model"),
        currency,
        row.getAs("hourly_rate"),
        row.getAs("rate_basis"),
        until == null ? null : until.toLocalDate());
  }

  /** Returns accelerators x hours x price, rounded to the digits of money. */
  static BigDecimal cost(RunRequest wish, Price price) {
    return wish.acceleratorHours()
        .multiply(price.hourlyRate())
        .setScale(Money.SCALE, RoundingMode.HALF_UP);
  }

  /** Returns what a run is likely to cost, by past runs of its project. */
  LikelyRange likely(@Nullable String project, BigDecimal projected) {
    return tables
        .apply(MISSES)
        .where(col("project_id").equalTo(lit(project)))
        .where(col("billing_currency").equalTo(currency))
        .collectAsList()
        .stream()
        .findFirst()
        .map(row -> likely(row, part -> part.multiply(projected)))
        .orElseGet(() -> new LikelyRange(null, null, 0));
  }

  private static LikelyRange likely(Row misses, UnaryOperator<BigDecimal> times) {
    return new LikelyRange(
        cost(misses.getAs("ratio_low"), times),
        cost(misses.getAs("ratio_high"), times),
        misses.<Integer>getAs("past_runs"));
  }

  private static @Nullable BigDecimal cost(
      @Nullable BigDecimal ratio, UnaryOperator<BigDecimal> times) {
    return ratio == null ? null : times.apply(ratio).setScale(Money.SCALE, RoundingMode.HALF_UP);
  }

  /** Returns the runs of these ids that the night knows. */
  Map<String, KnownRun> runs(Collection<String> ids) {
    Map<String, KnownRun> runs = new TreeMap<>();
    tables
        .apply(RUNS)
        .where(col("run_id").isInCollection(ids))
        .collectAsList()
        .forEach(row -> runs.merge(row.getAs("run_id"), run(row, currency), KnownRun::with));
    return runs;
  }

  private static KnownRun run(Row row, String currency) {
    Timestamp started = row.getAs("started_at");
    Timestamp ended = row.getAs("ended_at");
    return new KnownRun(
        started == null ? null : started.toInstant(),
        ended == null ? null : ended.toInstant(),
        currency.equals(row.getAs("billing_currency")) ? row.getAs("cost") : null);
  }

  /**
   * A run that a night knows.
   *
   * @param cost cost so far in the currency of requests; null if none is known
   */
  record KnownRun(
      @Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable BigDecimal cost) {
    private KnownRun with(KnownRun other) {
      return new KnownRun(startedAt, endedAt, cost == null ? other.cost : cost);
    }
  }

  /** Returns the smallest amount that is left of a current budget of a team in money. */
  Optional<BigDecimal> remaining(String team) {
    return tables
        .apply(BUDGETS)
        .where("is_current and scope_kind = 'team' and measure = 'money'")
        .where(col("scope_value").equalTo(team).and(col("billing_currency").equalTo(currency)))
        .selectExpr("min(remaining)")
        .as(Encoders.DECIMAL())
        .collectAsList()
        .stream()
        .filter(amount -> amount != null)
        .findFirst();
  }
}
