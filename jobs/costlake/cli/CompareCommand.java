package costlake.cli;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.lake.TableName;
import costlake.price.PricedModel;
import costlake.price.SelfHosted;
import costlake.price.TokenPrices;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake compare}: a model of one's own against the list prices of vendors. */
@Command(
    name = "compare",
    description = {
      "Compare a model of your own with vendors' prices.",
      "Takes the traffic that its endpoints had, what they cost, and what the same traffic would"
          + " have cost on each model. Endpoints without cost or without a count of tokens are named"
          + " and, if others have both, left out. In the first line, utilisation is that of your"
          + " endpoints: tokens against those that they could answer; in the others, the utilisation"
          + " from which they are cheaper. See docs/serving-economics.md."
    },
    footer = {
      "",
      "Example: costlake compare --model assistant-xl --with gpt-4o,claude-sonnet --period 2026-09"
    })
final class CompareCommand implements Runnable {
  private static final TableName SERVED = TableName.parse("economics.served_models");
  private static final TableName COMPARISON = TableName.parse("economics.vendor_comparison");
  private static final List<String> COLUMNS =
      List.of(
          "vendor",
          "model",
          "usd",
          "usd_per_million_tokens",
          "usd_per_request",
          "utilisation",
          "break_even_tokens");

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Model of your own, as telemetry.inference_hours names it.")
  String model;

  @Option(
      names = "--with",
      required = true,
      split = ",",
      paramLabel = "MODEL",
      description = "Models of vendors, with commas between them.")
  List<String> with;

  @Option(
      names = "--period",
      paramLabel = "YYYY-MM",
      description = "Month (default: the last month with traffic of the model).")
  @Nullable String period;

  @Override
  public void run() {
    Config config = common.config();
    TokenPrices prices = TokenPrices.of(config);
    List<PricedModel> vendors = with.stream().map(name -> prices.model(name.strip())).toList();
    Optional<BillingPeriod> month = Optional.ofNullable(period).map(BillingPeriod::parse);
    try (LakeSession session = LakeSession.ofLake(config)) {
      SelfHosted own =
          SelfHosted.of(session.lake().read(SERVED), session.lake().read(COMPARISON), model, month);
      common.console().say(model + " in " + own.month() + ", cost with idle and shared cost");
      own.remarks().forEach(common.console()::say);
      own.laterPrices(vendors).forEach(common.console()::say);
      new ResultPrinter(common.data())
          .print(
              format.chosen,
              COLUMNS,
              own.against(vendors).stream().map(CompareCommand::row).iterator());
    }
  }

  private static Row row(SelfHosted.Line line) {
    return RowFactory.create(
        Objects.requireNonNullElse(line.vendor(), "self-hosted"),
        line.model(),
        line.usd(),
        line.usdPerMillion(),
        line.usdPerRequest(),
        line.utilisation(),
        line.breakEvenTokens());
  }
}
