package costlake.cli;

import costlake.core.Plural;
import costlake.price.PriceReport;
import costlake.price.PricedModel;
import costlake.price.TokenPrices;
import costlake.price.TrafficNames;
import costlake.price.TrafficPricing;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake price}: what traffic would cost at the list prices of vendors. */
@Command(
    name = "price",
    description = {
      "Price traffic at dated list prices of vendors.",
      "Reads one row per request: its time, its input tokens (cached ones included) and its output"
          + " tokens. Each request is priced as of its time. Spend logs of LiteLLM are read as they"
          + " are, each request on its own model. Needs no configuration; docs/price.md says how to"
          + " use prices of your own. at_later_price counts the requests that are older than the"
          + " first price of the model.",
      "A COLUMN a.b is the member b of the JSON object in column a."
    },
    footer = {
      "",
      "Example: costlake price trace.csv --time TIMESTAMP --input ContextTokens --output"
          + " GeneratedTokens --models gpt-4o,claude-sonnet-4-5"
    })
final class PriceCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of("model", "requests", "input_tokens", "output_tokens", "usd", "at_later_price");

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Tables of requests.")
  List<Path> files;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description =
          "Column with the time: ISO 8601 (UTC if it has no zone) or Unix time; with --start,"
              + " milliseconds after it.")
  @Nullable String time;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "Time from which the times of the file count, in milliseconds.")
  @Nullable String start;

  @Option(names = "--input", paramLabel = "COLUMN", description = "Column with the input tokens.")
  @Nullable String input;

  @Option(names = "--output", paramLabel = "COLUMN", description = "Column with the output tokens.")
  @Nullable String output;

  @Option(
      names = "--cached",
      paramLabel = "COLUMN",
      description = "Column with the part of the input tokens that a cache had (default: none).")
  @Nullable String cached;

  @Option(
      names = "--batch",
      paramLabel = "COLUMN",
      description = "Column that says whether a request was part of a batch (default: none was).")
  @Nullable String batch;

  @Option(
      names = "--model",
      paramLabel = "COLUMN",
      description = "Column with the model of each request, on which it is priced.")
  @Nullable String model;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      description =
          "Models to price every request on, with commas between them (default: the model of each"
              + " request, else all of the list).")
  List<String> models = List.of();

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "CSV file to list the rows that cannot be priced.")
  @Nullable Path rejects;

  @Override
  public void run() {
    TokenPrices prices = TokenPrices.of(common.configOrDefaults());
    PriceReport report =
        TrafficPricing.run(
            files,
            new TrafficNames(
                time,
                input,
                output,
                cached,
                batch,
                model,
                start == null ? null : TrafficNames.start(start)),
            prices,
            models.stream().map(m -> model(prices, m)).toList(),
            rejects,
            common.console().progress());
    new ResultPrinter(common.data())
        .print(format.chosen, COLUMNS, report.costs().stream().map(PriceCommand::row).iterator());
    if (report.leftOut() > 0) {
      sayLeftOut(report.leftOut());
    }
    report.costs().stream().filter(cost -> cost.later() > 0).forEach(this::sayLater);
    report.firstRejects().forEach(reject -> common.console().say("Rejected: " + reject));
    report.requireWhole();
  }

  private PricedModel model(TokenPrices prices, String name) {
    PricedModel model = prices.model(name.strip());
    if (!name.strip().equals(model.name())) {
      common
          .console()
          .say(name.strip() + " is priced as " + model.name() + " of " + model.vendor() + ".");
    }
    return model;
  }

  private void sayLeftOut(long requests) {
    common
        .console()
        .say(
            "Left out: %s that the proxy answered from its own cache."
                .formatted(Plural.of(requests, "request", "requests")));
  }

  private void sayLater(PriceReport.ModelCost cost) {
    common
        .console()
        .say(
            "%s: %s from before %s, the first day of its prices, priced as of that day."
                .formatted(
                    cost.model().name(),
                    Plural.of(cost.later(), "request", "requests"),
                    cost.model().firstDay()));
  }

  private static Row row(PriceReport.ModelCost cost) {
    return RowFactory.create(
        cost.model().name(),
        cost.requests(),
        cost.inputTokens(),
        cost.outputTokens(),
        cost.usd(),
        cost.later());
  }
}
