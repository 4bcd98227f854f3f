package costlake.price;

import costlake.core.Progress;
import costlake.land.read.PlainTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prices the requests of traffic files on models, each at the prices of its time. */
public final class TrafficPricing {
  private static final int PROGRESS_ROWS = 10_000;

  private final Totals totals;
  private final RejectedRequests rejected;
  private final Progress progress;
  private long rows;
  private long leftOut;

  private TrafficPricing(Totals totals, RejectedRequests rejected, Progress progress) {
    this.totals = totals;
    this.rejected = rejected;
    this.progress = progress;
  }

  /**
   * Prices traffic.
   *
   * @param files tables of requests in any format that {@link PlainTable} reads
   * @param models models to price each request on; if there are none, the model of each row, or all
   *     models of the list if a file does not name them
   * @param rejects file to list what cannot be priced; null to list nothing
   * @throws costlake.core.Failure with exit code 2 if a file or a column does not exist, with exit
   *     code 3 if a file is damaged
   */
  public static PriceReport run(
      List<Path> files,
      TrafficNames names,
      TokenPrices prices,
      List<PricedModel> models,
      @Nullable Path rejects,
      Progress progress) {
    List<Traffic> traffic = files.stream().map(file -> Traffic.in(file, names)).toList();
    boolean byRow = models.isEmpty() && traffic.stream().allMatch(Traffic::namesModels);
    Totals totals =
        byRow ? new TotalsByRow(prices) : Totals.of(models.isEmpty() ? prices.models() : models);
    try (RejectedRequests rejected = RejectedRequests.in(rejects)) {
      TrafficPricing pricing = new TrafficPricing(totals, rejected, progress);
      progress.begin("Pricing", -1, "rows");
      traffic.forEach(pricing::read);
      progress.end();
      return pricing.report(rejects);
    }
  }

  private void read(Traffic traffic) {
    List<String> names = traffic.columns().names();
    traffic.table().read(names, new Reading(traffic, names));
  }

  private void count() {
    if (++rows % PROGRESS_ROWS == 0) {
      progress.advance(PROGRESS_ROWS);
    }
  }

  private PriceReport report(@Nullable Path rejects) {
    return new PriceReport(
        totals.all().stream().map(Total::cost).toList(),
        rows,
        leftOut,
        rejected.count(),
        rejected.first(),
        rejects);
  }

  /** A traffic file with its columns. */
  private record Traffic(Path file, PlainTable table, TrafficColumns columns) {
    static Traffic in(Path file, TrafficNames names) {
      PlainTable table = PlainTable.of(file);
      return new Traffic(file, table, names.in(file, table.columns()));
    }

    boolean namesModels() {
      return columns.model() != null;
    }
  }

  /** Prices the rows of one file. */
  private final class Reading implements PlainTable.Rows {
    private final Traffic traffic;
    private final List<String> names;

    Reading(Traffic traffic, List<String> names) {
      this.traffic = traffic;
      this.names = names;
    }

    @Override
    public void row(long number, List<@Nullable String> values) {
      count();
      Map<String, @Nullable String> row = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i));
      }
      if (traffic.columns().isAnsweredByProxy(row)) {
        leftOut++;
        return;
      }
      try {
        Request request = traffic.columns().request(row);
        totals
            .of(traffic.columns(), row)
            .forEach(total -> total.add(request).ifPresent(why -> reject(number, why)));
      } catch (TrafficColumns.NoRequest e) {
        reject(number, e.reason());
      }
    }

    @Override
    public void unreadable(long number, String reason) {
      count();
      reject(number, reason);
    }

    private void reject(long number, String reason) {
      rejected.add(traffic.file(), traffic.table().unit(), number, reason);
    }
  }

  /** The sums to which requests are added. */
  private interface Totals {
    Collection<Total> of(TrafficColumns columns, Map<String, @Nullable String> row)
        throws TrafficColumns.NoRequest;

    Collection<Total> all();

    /** Returns sums to which each request is added. */
    static Totals of(List<PricedModel> models) {
      List<Total> totals = models.stream().map(Total::new).toList();
      return new Totals() {
        @Override
        public Collection<Total> of(TrafficColumns columns, Map<String, @Nullable String> row) {
          return totals;
        }

        @Override
        public Collection<Total> all() {
          return totals;
        }
      };
    }
  }

  /** The sums of the models that the rows name. */
  private static final class TotalsByRow implements Totals {
    private final TokenPrices prices;
    private final Map<String, Total> totals = new TreeMap<>();
    private final Map<String, Optional<Total>> byName = new HashMap<>();

    TotalsByRow(TokenPrices prices) {
      this.prices = prices;
    }

    @Override
    public Collection<Total> of(TrafficColumns columns, Map<String, @Nullable String> row)
        throws TrafficColumns.NoRequest {
      String name = columns.model(row);
      return List.of(
          byName
              .computeIfAbsent(name, this::find)
              .orElseThrow(
                  () ->
                      new TrafficColumns.NoRequest(
                          "the list of token prices does not have one model '" + name + "'")));
    }

    private Optional<Total> find(String name) {
      return prices
          .only(name)
          .map(model -> totals.computeIfAbsent(model.qualified(), any -> new Total(model)));
    }

    @Override
    public Collection<Total> all() {
      return totals.values();
    }
  }

  /** The sums of one model. */
  private static final class Total {
    private final PricedModel model;
    private long requests;
    private long later;
    private BigDecimal inputTokens = BigDecimal.ZERO;
    private BigDecimal outputTokens = BigDecimal.ZERO;
    private BigDecimal usd = BigDecimal.ZERO;

    Total(PricedModel model) {
      this.model = model;
    }

    /** Adds a request. Returns the reason if it has no price. */
    Optional<String> add(Request request) {
      Optional<TokenPrice> price = model.at(request.time(), request.inputTokens());
      if (price.isEmpty()) {
        return Optional.of("no price of " + model.name() + " at " + request.time());
      }
      Optional<BigDecimal> cost = price.get().cost(request);
      if (cost.isEmpty()) {
        return Optional.of("no price of output tokens of " + model.name());
      }
      requests++;
      later += model.isBeforeFirstDay(request.time()) ? 1 : 0;
      inputTokens = inputTokens.add(BigDecimal.valueOf(request.inputTokens()));
      outputTokens = outputTokens.add(BigDecimal.valueOf(request.outputTokens()));
      usd = usd.add(cost.get());
      return Optional.empty();
    }

    PriceReport.ModelCost cost() {
      return new PriceReport.ModelCost(model, requests, later, inputTokens, outputTokens, usd);
    }
  }
}
