package costlake.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.land.read.ReferenceCsv;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenPricesTest {
  private static final List<String> COLUMNS =
      List.of(
          "vendor",
          "model",
          "aliases",
          "valid_from",
          "valid_to",
          "daily_from",
          "daily_to",
          "context_above",
          "input_usd",
          "cached_input_usd",
          "output_usd",
          "batch_factor",
          "batch_cached_factor");

  private static TokenPrices embedded() {
    return TokenPrices.of(Config.defaults(Path.of("").toAbsolutePath()));
  }

  private static TokenPrices list(String... lines) {
    return TokenPrices.read(Arrays.stream(lines).map(TokenPricesTest::row).toList());
  }

  private static Map<String, String> row(String line) {
    String[] values = line.split(",", -1);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      row.put(COLUMNS.get(i), values[i]);
    }
    return row;
  }

  @Test
  void embedsAListWithTheOriginOfEachPrice() {
    TokenPrices list = embedded();
    assertThat(list.models()).hasSizeGreaterThan(70);
    assertThat(list.models().stream().map(PricedModel::vendor).distinct())
        .containsExactly(
            "openai", "anthropic", "google", "deepseek", "mistral", "cohere", "x-ai", "amazon");
    assertThat(ReferenceCsv.read("token_prices"))
        .allSatisfy(
            price -> {
              assertThat(price.get("licence")).isEqualTo("MIT");
              assertThat(price.get("source")).startsWith("https://");
              assertThat(price.get("batch_source"))
                  .matches(price.get("batch_factor").isEmpty() ? "" : "https://.*");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o,                     gpt-4o",
    "GPT-4o,                     gpt-4o",
    "openai/gpt-4o,              gpt-4o",
    "gpt-4o-2024-08-06,          gpt-4o",
    "gpt-4o-2024-05-13,          gpt-4o-2024-05-13",
    "amazon.nova-pro-v1:0,       nova-pro",
    "claude-sonnet-4-5-20250929, claude-sonnet-4-5",
    "claude-sonnet-4-20250514,   claude-sonnet-4-0",
    "claude-sonnet,              claude-sonnet-5",
    "gemini-2.0-flash-001,       gemini-2.0-flash",
    "gemini-2.0-flash-lite-001,  gemini-2.0-flash-lite",
    "o1,                         o1"
  })
  void findsAModelByItsNames(String wanted, String found) {
    assertThat(embedded().model(wanted).name()).isEqualTo(found);
  }

  @Test
  void suggestsTheNearestModel() {
    assertThatThrownBy(() -> embedded().model("gtp-4o"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "Cannot price 'gtp-4o': the list of token prices does not have this model. Did you"
                + " mean 'gpt-4o'?");
  }

  @Test
  void asksForTheVendorIfSeveralHaveAModel() {
    TokenPrices list = list("a,m,,,,,,,1,,2,,", "b,m,,,,,,,3,,4,,");
    assertThatThrownBy(() -> list.model("m"))
        .hasMessage("Cannot price 'm': several vendors have this model. Write a/m or b/m.");
    assertThat(list.model("b/m").vendor()).isEqualTo("b");
  }

  @Test
  void allowsPricesThatFollowEachOther() {
    assertThat(
            list(
                    "a,m,,,2026-09-01,,,,1,,2,,",
                    "a,m,,2026-09-01,,22:00,06:00,,1,,2,,",
                    "a,m,,2026-09-01,,06:00,22:00,,1,,2,,",
                    "a,m,,2026-09-01,,,,128000,1,,2,,")
                .models())
        .hasSize(1);
  }

  @Test
  void namesEveryPriceThatCannotBeRead() {
    assertThatThrownBy(
            () ->
                list(
                    ",m,,,,,,,1,,2,,",
                    "a,m,,,,,,,,,2,,",
                    "a,m,,,,,,,-1,,2,,",
                    "a,m,,2026-9-1,,,,,1,,2,,",
                    "a,m,,2026-09-01,2026-09-01,,,,1,,2,,",
                    "a,m,,,,10:00,,,1,,2,,",
                    "a,m,,,,,,1.5,1,,2,,",
                    "a,m,,,,,,,1,,2,,",
                    "a,m,,2026-09-01,,23:00,01:00,,1,,2,,"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(
            "price 1: it has no vendor",
            "price 2: it has no input_usd",
            "price 3: input_usd is '-1', not a number from 0",
            "price 4: Text '2026-9-1' could not be parsed",
            "price 5: valid_from is not before valid_to",
            "price 6: daily_from and daily_to need each other",
            "price 7: context_above is no number of tokens: 1.5",
            "price 9: a/m has another price at the same time")
        .hasMessageNotContaining("price 8");
  }
}
