package costlake.price;

import costlake.core.Progress;
import costlake.land.read.PlainTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices the requests of traffic files on models, each at the prices of its time. */
public final class TrafficPricing {
  private static final int PROGRESS_ROWS = 10_000;

  private final TrafficColumns columns;
  private final List<Total> totals;
  private final RejectedRequests rejected;
  private final Progress progress;
  private long rows;

  private TrafficPricing(
      TrafficColumns columns,
      List<PricedModel> models,
      RejectedRequests rejected,
      Progress progress) {
    this.columns = columns;
    this.totals = models.stream().map(Total::new).toList();
    this.rejected = rejected;
    this.progress = progress;
  }

  /**
   * Prices traffic.
   *
   * @param files tables of requests in any format that {@link PlainTable} reads
   * @param rejects file to list what cannot be priced; null to list nothing
   * @throws costlake.core.Failure with exit code 2 if a file or a column does not exist, with exit
   *     code 3 if a file is damaged
   */
  public static PriceReport run(
      List<Path> files,
      TrafficColumns columns,
      List<PricedModel> models,
      @Nullable Path rejects,
      Progress progress) {
    List<PlainTable> tables = new ArrayList<>();
    for (Path file : files) {
      PlainTable table = PlainTable.of(file);
      columns.requireIn(file, table.columns());
      tables.add(table);
    }
    try (RejectedRequests rejected = RejectedRequests.in(rejects)) {
      TrafficPricing pricing = new TrafficPricing(columns, models, rejected, progress);
      progress.begin("Pricing", -1, "rows");
      for (int i = 0; i < files.size(); i++) {
        pricing.read(files.get(i), tables.get(i));
      }
      progress.end();
      return pricing.report(rejects);
    }
  }

  private void read(Path file, PlainTable table) {
    table.read(columns.names(), new Reading(file, table.unit()));
  }

  private void count() {
    if (++rows % PROGRESS_ROWS == 0) {
      progress.advance(PROGRESS_ROWS);
    }
  }

  private PriceReport report(@Nullable Path rejects) {
    return new PriceReport(
        totals.stream().map(Total::cost).toList(),
        rows,
        rejected.count(),
        rejected.first(),
        rejects);
  }

  /** Prices the rows of one file. */
  private final class Reading implements PlainTable.Rows {
    private final Path file;
    private final String unit;

    Reading(Path file, String unit) {
      this.file = file;
      this.unit = unit;
    }

    @Override
    public void row(long number, List<@Nullable String> values) {
      count();
      try {
        Request request = columns.request(values);
        totals.forEach(total -> total.add(request).ifPresent(why -> reject(number, why)));
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
      rejected.add(file, unit, number, reason);
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
