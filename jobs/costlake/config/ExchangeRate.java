package costlake.config;

import costlake.core.Message;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The published exchange rate between two currencies on a day. */
public record ExchangeRate(
    @Required @Description("Day of the rate.") LocalDate date,
    @Required @Description("Currency of the bill, ISO 4217.") String from,
    @Required @Description("Reporting currency, ISO 4217.") String to,
    @Required @Description("Units of 'to' for one unit of 'from', at most eight decimals.")
        BigDecimal rate,
    @Required @Description("Where the rate was published, printed on statements.") String source) {
  private static final BigDecimal MAX = new BigDecimal("100000");
  private static final int DECIMALS = 8;

  public ExchangeRate {
    checkCurrency(from);
    checkCurrency(to);
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "from and to are both " + from + ": a rate needs two currencies");
    }
    if (rate.signum() <= 0 || rate.compareTo(MAX) >= 0 || rate.scale() > DECIMALS) {
      throw new IllegalArgumentException(
          Message.of(
              "rate %s must be greater than 0 and less than 100000, with at most eight decimals",
              rate.toPlainString()));
    }
  }

  static void checkCurrency(@Nullable String code) {
    if (code != null && !CurrencyCode.isValid(code)) {
      throw new IllegalArgumentException(
          "currency '" + code + "' is not an ISO 4217 code such as USD");
    }
  }
}
