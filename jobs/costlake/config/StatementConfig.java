package costlake.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How statements are printed. */
public record StatementConfig(
    @Required
        @Doc("Folder for statements. Relative paths start at the folder of the configuration.")
        String to,
    @Required @Doc("Months of history on a statement.") int months,
    @Required @Doc("Days in which a statement may be disputed.") int disputeDays,
    @Required @Doc("Language and number format, e.g. en-US.") String locale,
    @Doc(
            "Rates of exchange. A statement takes the last one that is dated in its month; without one the total in a team's reporting_currency is unknown.")
        List<ExchangeRate> exchangeRates) {
  public StatementConfig {
    exchangeRates = List.copyOf(exchangeRates);
    checkOnce(exchangeRates);
    if (months < 1 || months > 60) {
      throw new IllegalArgumentException("months " + months + " is not between 1 and 60");
    }
    checkLocale(locale);
  }

  private static void checkOnce(List<ExchangeRate> rates) {
    Set<List<Object>> seen = new HashSet<>();
    for (ExchangeRate rate : rates) {
      if (!seen.add(List.of(rate.date(), rate.from(), rate.to()))) {
        throw new IllegalArgumentException(
            "%s to %s has two rates on %s".formatted(rate.from(), rate.to(), rate.date()));
      }
    }
  }

  static void checkLocale(String tag) {
    if (tag != null && Locale.forLanguageTag(tag).getLanguage().isEmpty()) {
      throw new IllegalArgumentException("locale '" + tag + "' is not a tag such as en-US");
    }
  }
}
