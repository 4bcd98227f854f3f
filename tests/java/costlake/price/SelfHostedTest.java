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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfHostedTest {
  private static Dataset<Row> served;
  private static Dataset<Row> comparison;
  private static TokenPrices prices;

  /**
   * The ranker: two endpoints, 100 USD for 1,000,000 of the 5,000,000 tokens that they could
   * answer.
   */
  @BeforeAll
  static void rows() {
    prices = TokenPrices.of(Config.defaults(Path.of("").toAbsolutePath()));
    served =
        SparkHarness.spark()
            .sql(
                """
                select
                    to_date(usage_month) as usage_month, endpoint_id, model_id,
                    cast(requests as decimal(38, 9)) as requests,
                    cast(input_tokens as decimal(38, 9)) as input_tokens,
                    cast(output_tokens as decimal(38, 9)) as output_tokens,
                    cast(capacity_tokens as decimal(38, 9)) as capacity_tokens,
                    cast(cost_usd as decimal(38, 21)) as cost_usd
                from values
                    ('2026-09-01', 'a', 'ranker', 6, 600000, 100000, 3000000, 60),
                    ('2026-09-01', 'b', 'ranker', 4, 200000, 100000, 2000000, 40),
                    ('2026-08-01', 'a', 'ranker', 1, 10, 10, null, 1),
                    ('2026-10-01', 'a', 'ranker', null, null, null, null, 7),
                    ('2026-09-01', 'live', 'chat', 6, 600000, 400000, 4000000, 60),
                    ('2026-09-01', 'beta', 'chat', 30, 27000, 7500, 900000, null),
                    ('2026-09-01', 'quiet', 'chat', null, null, null, null, 5.555),
                    ('2026-09-01', 'trial', 'new', 30, 27000, 7500, 900000, null),
                    ('2026-09-01', 'vectors', 'embedder', 6, 600000, null, 3000000, 60),
                    ('2026-09-01', 'words', 'embedder', 4, null, 400000, 2000000, 40),
                    ('2026-09-01', 'triton', 'scores', 40, null, null, null, 10),
                    ('2026-09-01', 'asleep', 'vision', null, null, null, null, 843.94),
                    ('2026-09-01', 'asleep', null, null, null, null, null, 1)
                    as t(usage_month, endpoint_id, model_id, requests, input_tokens, output_tokens,
                        capacity_tokens, cost_usd)
                """);
    comparison =
        SparkHarness.spark()
            .sql(
                """
                select
                    to_date(usage_month) as usage_month, endpoint_id, model_id, vendor, vendor_model,
                    cast(later_hours as bigint) as later_hours,
                    cast(api_cost_usd as decimal(38, 21)) as api_cost_usd
                from values
                    ('2026-09-01', 'a', 'ranker', 'openai', 'gpt-4o', 0, 30),
                    ('2026-09-01', 'b', 'ranker', 'openai', 'gpt-4o', 0, 20),
                    ('2026-09-01', 'a', 'ranker', 'openai', 'gpt-5', 0, 10),
                    ('2026-09-01', 'b', 'ranker', 'openai', 'gpt-5', 0, null),
                    ('2026-09-01', 'a', 'ranker', 'openai', 'o3', 0, 10),
                    ('2026-08-01', 'a', 'ranker', 'openai', 'gpt-4o', 2, 2),
                    ('2026-09-01', 'live', 'chat', 'openai', 'gpt-4o', 0, 30),
                    ('2026-09-01', 'beta', 'chat', 'openai', 'gpt-4o', 3, 0.1),
                    ('2026-09-01', 'trial', 'new', 'openai', 'gpt-4o', 0, 0.1),
                    ('2026-09-01', 'vectors', 'embedder', 'openai', 'gpt-4o', 0, 30),
                    ('2026-09-01', 'words', 'embedder', 'openai', 'gpt-4o', 0, 20)
                    as t(usage_month, endpoint_id, model_id, vendor, vendor_model, later_hours, api_cost_usd)
                """);
  }

  private static SelfHosted of(String model, Optional<String> month) {
    return SelfHosted.of(served, comparison, model, month.map(BillingPeriod::parse));
  }

  private static List<String> lines(String own, Optional<String> month, String... models) {
    return of(own, month).against(models(models)).stream()
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

  private static List<PricedModel> models(String... names) {
    return Arrays.stream(names).map(prices::model).toList();
  }

  private static String plain(@Nullable BigDecimal number) {
    return number == null ? "-" : number.stripTrailingZeros().toPlainString();
  }

  @Test
  void sumsTheEndpointsOfAModelInItsLastMonthWithTraffic() {
    assertThat(lines("ranker", Optional.empty(), "gpt-4o", "gpt-5", "o3", "claude-sonnet"))
        .containsExactly(
            "own ranker 100 100 10 0.2 -",
            "openai gpt-4o 50 50 5 0.4 2000000",
            "openai gpt-5 - - - - -",
            "openai o3 - - - - -",
            "anthropic claude-sonnet-5 - - - - -");
    assertThat(of("ranker", Optional.empty()).remarks()).isEmpty();
  }

  @Test
  void comparesAnEarlierMonthAndSaysThatItsPriceIsLater() {
    assertThat(lines("ranker", Optional.of("2026-08"), "gpt-4o"))
        .containsExactly("own ranker 1 50000 1 - -", "openai gpt-4o 2 100000 2 - 10");
    assertThat(of("ranker", Optional.of("2026-08")).laterPrices(models("gpt-4o", "gpt-5")))
        .containsExactly(
            "gpt-4o: 2 hours from before 2024-08-06, the first day of its prices, priced as of that"
                + " day.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat | own chat 60 60 10 0.25 -; openai gpt-4o 30 30 5 0.5 2000000"
            + "| beta: no cost is known of its 30 requests; left out."
            + " quiet: no traffic was measured, USD 5.56; left out.",
        "new | own new - - - 0.038333333 -; openai gpt-4o 0.1 2.898550725 0.003333333 - -"
            + "| trial: no cost is known of its 30 requests.",
        "scores | own scores 10 - 0.25 - -; openai gpt-4o - - - - -"
            + "| triton: 40 requests without a count of tokens, USD 10.00.",
        "vision | own vision 843.94 - - - -; openai gpt-4o - - - - -"
            + "| asleep: no traffic was measured, USD 843.94."
      })
  void comparesWhatItCanAndNamesWhatItCannot(String model, String lines, String remarks) {
    assertThat(String.join("; ", lines(model, Optional.empty(), "gpt-4o"))).isEqualTo(lines);
    SelfHosted own = of(model, Optional.empty());
    assertThat(String.join(" ", own.remarks())).isEqualTo(remarks);
    assertThat(own.laterPrices(models("gpt-4o"))).isEmpty();
  }

  @Test
  void countsAMissingPartOfTheTokensAsZeroIfTheOtherPartIsKnown() {
    assertThat(lines("embedder", Optional.empty(), "gpt-4o"))
        .containsExactly("own embedder 100 100 10 0.2 -", "openai gpt-4o 50 50 5 0.4 2000000");
    assertThat(of("embedder", Optional.empty()).remarks()).isEmpty();
  }

  @Test
  void refusesAnUnknownModelOrMonth() {
    assertThatThrownBy(() -> of("rankr", Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Cannot compare 'rankr': no endpoint has this model. Did you mean 'ranker'? Models:"
                + " chat, embedder, new, ranker, scores, vision.");
    assertThatThrownBy(() -> of("ranker", Optional.of("2026-07")))
        .hasMessage(
            "Cannot compare ranker in 2026-07: no endpoint has it in this month. Months: 2026-08,"
                + " 2026-09, 2026-10.");
  }
}
