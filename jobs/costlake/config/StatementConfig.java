package costlake.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Settings for statements. */
public record StatementConfig(
    @Required
        @Description(
            "Folder for statements. Relative paths start at the folder of the configuration.")
        String to,
    @Required @Description("Number of months that a statement shows.") int months,
    @Required @Description("Number of days in which a team may dispute a statement.")
        int disputeDays,
    @Required @Description("Language and number format of statements, e.g. en-US.") String locale,
    @Description(
            "Exchange rates. A statement uses the last rate dated in its month; without one,"
                + " the total in a team's reporting_currency is unknown.")
        List<ExchangeRate> exchangeRates) {
  public StatementConfig {
    exchangeRates = List.copyOf(exchangeRates);
    if (months < 1 || months > 60) {
      throw new IllegalArgumentException("months " + months + " is not between 1 and 60");
    }
    checkLocale(locale);
  }

  static void checkLocale(@Nullable String tag) {
    if (tag != null && Locale.forLanguageTag(tag).getLanguage().isEmpty()) {
      throw new IllegalArgumentException("locale '" + tag + "' is not a tag such as en-US");
    }
  }
}
