package costlake.price;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Money;
import costlake.core.Nearest;
import costlake.core.PricePeriod;
import costlake.core.TokenRates;
import costlake.land.read.ReferenceCsv;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The list of token prices: {@code reference/token_prices.csv}. */
public final class TokenPrices {
  private static final String LIST = "token_prices";
  private static final String FILE = "reference/" + LIST + ".csv";
  private static final String VENDOR = "vendor";
  private static final String MODEL = "model";
  private static final String INPUT = "input_usd";
  private static final List<String> COLUMNS =
      List.of(
          VENDOR,
          MODEL,
          "aliases",
          "valid_from",
          "valid_to",
          "daily_from",
          "daily_to",
          "context_above",
          INPUT,
          "cached_input_usd",
          "output_usd",
          "batch_factor",
          "batch_cached_factor");

  private final List<PricedModel> models;

  private TokenPrices(List<PricedModel> models) {
    this.models = List.copyOf(models);
  }

  /**
   * Reads the list, with the prices of the configuration folder.
   *
   * @throws Failure with exit code 2 that names each line that cannot be read
   */
  public static TokenPrices of(Config config) {
    try {
      return read(ReferenceCsv.read(config, LIST, COLUMNS));
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot read %s: %s", FILE, FileErrors.why(e));
    }
  }

  static TokenPrices read(List<Map<String, String>> rows) {
    List<String> problems = new ArrayList<>();
    Map<String, List<TokenPrice>> byModel = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        TokenPrice price = price(rows.get(i));
        List<TokenPrice> others =
            byModel.computeIfAbsent(price.vendor() + "/" + price.model(), k -> new ArrayList<>());
        refuseOverlap(price, others);
        others.add(price);
      } catch (DateTimeException | IllegalArgumentException e) {
        problems.add("price " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw Failure.operator(
          "Cannot read %s: %s. Correct these lines.", FILE, String.join("; ", problems));
    }
    return new TokenPrices(byModel.values().stream().map(TokenPrices::model).toList());
  }

  private static PricedModel model(List<TokenPrice> prices) {
    return new PricedModel(prices.get(0).vendor(), prices.get(0).model(), prices);
  }

  private static void refuseOverlap(TokenPrice price, List<TokenPrice> others) {
    if (others.stream().anyMatch(price::overlaps)) {
      throw new IllegalArgumentException(
          price.vendor() + "/" + price.model() + " has another price at the same time");
    }
  }

  private static TokenPrice price(Map<String, String> row) {
    return new TokenPrice(
        required(row, VENDOR),
        required(row, MODEL),
        Arrays.stream(ReferenceCsv.value(row, "aliases").split(" "))
            .filter(alias -> !alias.isEmpty())
            .toList(),
        new PricePeriod(
            value(row, "valid_from", LocalDate::parse),
            value(row, "valid_to", LocalDate::parse),
            value(row, "daily_from", LocalTime::parse),
            value(row, "daily_to", LocalTime::parse)),
        above(row),
        new TokenRates(
            amount(INPUT, required(row, INPUT)),
            amount(row, "cached_input_usd"),
            amount(row, "output_usd"),
            amount(row, "batch_factor"),
            amount(row, "batch_cached_factor")));
  }

  private static long above(Map<String, String> row) {
    String column = "context_above";
    BigDecimal above = amount(row, column);
    if (above == null) {
      return 0;
    }
    try {
      return above.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(column + " is no number of tokens: " + above, e);
    }
  }

  private static String required(Map<String, String> row, String column) {
    String text = ReferenceCsv.value(row, column).strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("it has no " + column);
    }
    return text;
  }

  private static @Nullable BigDecimal amount(Map<String, String> row, String column) {
    return value(row, column, text -> amount(column, text));
  }

  private static BigDecimal amount(String column, String text) {
    return Money.parse(text)
        .map(BigDecimal::stripTrailingZeros)
        .filter(amount -> amount.signum() >= 0)
        .orElseThrow(
            () -> new IllegalArgumentException(column + " is '" + text + "', not a number from 0"));
  }

  private static <T> @Nullable T value(
      Map<String, String> row, String column, Function<String, T> reader) {
    String text = ReferenceCsv.value(row, column).strip();
    return text.isEmpty() ? null : reader.apply(text);
  }

  /** Returns all models, in the order of the list. */
  public List<PricedModel> models() {
    return models;
  }

  /**
   * Finds a model by its name, by vendor and name as in {@code openai/gpt-4o}, or by an alias.
   *
   * @throws Failure with exit code 2 if the list does not have it, or if several vendors have it
   */
  public PricedModel model(String name) {
    List<PricedModel> found = named(name);
    if (found.isEmpty()) {
      throw unknown(name);
    }
    if (found.size() > 1) {
      throw Failure.operator(
          "Cannot price '%s': several vendors have this model. Write %s.",
          name, String.join(" or ", found.stream().map(PricedModel::qualified).toList()));
    }
    return found.get(0);
  }

  /**
   * Finds the only model with a name as records have it, which may begin with the name of a
   * provider, e.g. {@code azure/gpt-4o}; empty if there is none or several.
   */
  Optional<PricedModel> only(String name) {
    List<PricedModel> whole = named(name);
    List<PricedModel> found =
        whole.isEmpty() ? named(name.substring(name.lastIndexOf('/') + 1)) : whole;
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private List<PricedModel> named(String name) {
    List<PricedModel> named = models.stream().filter(model -> model.isNamed(name)).toList();
    return named.isEmpty() ? alike(name) : named;
  }

  /** Returns the models whose alias with a star has most letters of the name. */
  private List<PricedModel> alike(String name) {
    int letters = models.stream().mapToInt(model -> model.lettersOf(name)).max().orElse(-1);
    return letters < 0
        ? List.of()
        : models.stream().filter(model -> model.lettersOf(name) == letters).toList();
  }

  private Failure unknown(String name) {
    List<String> names = models.stream().flatMap(PricedModel::names).toList();
    return Failure.operator(
        """
        Cannot price '%s': the list of token prices does not have this model.%s Add it to a %s of
        your own; docs/price.md says how.
        """,
        name, Nearest.hint(name, names), FILE);
  }
}
