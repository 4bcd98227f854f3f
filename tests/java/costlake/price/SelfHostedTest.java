package costlake.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SelfHostedTest {
  private static Dataset<Row> comparison;
  private static TokenPrices prices;

  /** Two endpoints of one model: 100 USD for 1,000,000 tokens, of which 25 USD were used. */
  @BeforeAll
  static void rows() {
    prices = TokenPrices.of(Config.defaults(Path.of("").toAbsolutePath()));
    comparison =
        SparkHarness.spark()
            .sql(
                """
                select
                    to_date(usage_month) as usage_month, endpoint_id, model_id, vendor, vendor_model,
                    cast(requests as decimal(38, 9)) as requests,
                    cast(input_tokens as decimal(38, 9)) as input_tokens,
                    cast(output_tokens as decimal(38, 9)) as output_tokens,
                    cast(cost_usd as decimal(38, 21)) as cost_usd,
                    cast(usage_cost_usd as decimal(38, 21)) as usage_cost_usd,
                    cast(api_cost_usd as decimal(38, 21)) as api_cost_usd
                from values
                    ('2026-09-01', 'a', 'ranker', 'openai', 'gpt-4o', 6, 600000, 100000, 60, 15, 30),
                    ('2026-09-01', 'b', 'ranker', 'openai', 'gpt-4o', 4, 200000, 100000, 40, 10, 20),
                    ('2026-09-01', 'a', 'ranker', 'openai', 'gpt-5', 6, 600000, 100000, 60, 15, 10),
                    ('2026-09-01', 'b', 'ranker', 'openai', 'gpt-5', 4, 200000, 100000, 40, 10, null),
                    ('2026-09-01', 'a', 'ranker', 'openai', 'o3', 6, 600000, 100000, 60, 15, 10),
                    ('2026-08-01', 'a', 'ranker', 'openai', 'gpt-4o', 1, 10, 10, 1, null, 2),
                    ('2026-08-01', 'a', null, 'openai', 'gpt-4o', 1, 10, 10, 1, null, 2)
                    as t(usage_month, endpoint_id, model_id, vendor, vendor_model, requests, input_tokens,
                        output_tokens, cost_usd, usage_cost_usd, api_cost_usd)
                """);
  }

  private static List<String> lines(Optional<String> month, String... models) {
    return SelfHosted.of(comparison, "ranker", month.map(BillingPeriod::parse))
        .against(Arrays.stream(models).map(prices::model).toList())
        .stream()
        .map(
            line ->
                String.join(
                    " ",
                    line.vendor() == null ? "own" : line.vendor(),
                    line.model(),
                    plain(line.usd()),
                    plain(line.usdPerMillion()),
                    plain(line.usdPerRequest()),
                    plain(line.utilisation()),
                    plain(line.breakEvenTokens())))
        .toList();
  }

  private static String plain(@Nullable BigDecimal number) {
    return number == null ? "-" : number.stripTrailingZeros().toPlainString();
  }

  @Test
  void sumsTheEndpointsOfAModelInItsLastMonth() {
    assertThat(lines(Optional.empty(), "gpt-4o", "gpt-5", "o3", "claude-sonnet"))
        .containsExactly(
            "own ranker 100 100 10 0.25 -",
            "openai gpt-4o 50 50 5 0.5 2000000",
            "openai gpt-5 - - - - -",
            "openai o3 - - - - -",
            "anthropic claude-sonnet-5 - - - - -");
  }

  @Test
  void comparesAnEarlierMonthWhoseActivityWasNotMeasured() {
    assertThat(lines(Optional.of("2026-08"), "gpt-4o"))
        .containsExactly("own ranker 1 50000 1 - -", "openai gpt-4o 2 100000 2 - 10");
  }

  @Test
  void refusesAnUnknownModelOrMonth() {
    assertThatThrownBy(() -> SelfHosted.of(comparison, "rankr", Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Cannot compare 'rankr': no endpoint has traffic with tokens of this model. Did you"
                + " mean 'ranker'? Models: ranker.");
    assertThatThrownBy(() -> lines(Optional.of("2026-07"), "gpt-4o"))
        .hasMessage(
            "Cannot compare ranker in 2026-07: it has no traffic with tokens in this month."
                + " Months: 2026-08, 2026-09.");
  }
}
