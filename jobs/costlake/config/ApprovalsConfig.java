package costlake.config;

import costlake.core.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings for approvals of expensive runs. */
public record ApprovalsConfig(
    @Required
        @Description(
            "Projected cost from which a run needs an approval before it starts, greater than 0.")
        BigDecimal costMin,
    @Description(
            "Currency of this cost and of all requests, ISO 4217: that of the bills. Empty:"
                + " company.currency.")
        @Nullable String currency,
    @Required
        @Description(
            "Days after which a request expires that nobody decided, and an approval whose run did"
                + " not start.")
        int validDays,
    @Description(
            "First day of runs that are reported if they cost as much and were not approved. Empty:"
                + " the day of the first request.")
        @Nullable LocalDate from,
    @Description(
            "File with the state of each request for launchers (docs/approvals.md). Empty: none is"
                + " written. Relative paths start at the folder of the configuration.")
        @Nullable String decisionFile) {
  private static final int DAYS_MAX = 366;

  public ApprovalsConfig {
    if (costMin.signum() <= 0 || Money.exact(costMin).isEmpty()) {
      throw new IllegalArgumentException("cost_min " + costMin + " is not an amount above 0");
    }
    if (currency != null && !CurrencyCode.isValid(currency)) {
      throw new IllegalArgumentException("currency '" + currency + "' is not a code such as USD");
    }
    if (validDays < 1 || validDays > DAYS_MAX) {
      throw new IllegalArgumentException(
          "valid_days " + validDays + " is not between 1 and " + DAYS_MAX);
    }
  }

  /** Returns the currency of the threshold and of all requests. */
  public String currencyOfRequests() {
    return Objects.requireNonNull(currency, "currency");
  }

  /** Returns these settings with the currency that applies and another path of the file. */
  ApprovalsConfig with(String applied, @Nullable String file) {
    return new ApprovalsConfig(costMin, applied, validDays, from, file);
  }
}
