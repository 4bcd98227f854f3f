package costlake.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Conditions for closing a month. */
public record CloseConfig(
    @Description(
            "CSV file of the invoices received, with the columns billing_month (YYYY-MM),"
                + " invoice_id, currency and amount. Empty: charges are compared with statements"
                + " only. Relative paths start at the folder of the configuration.")
        @Nullable String invoices,
    @Required
        @Description(
            "Largest difference between an invoice and its charges, in the invoice's currency.")
        BigDecimal invoiceDifferenceMax,
    @Required
        @Description(
            "Largest share of a month's cost that no rule assigns, so that it goes to the owner"
                + " of last resort, 0 to 1.")
        BigDecimal unownedCostRatioMax,
    @Required
        @Description(
            "Smallest share of a month's days and accelerator time that each cluster's"
                + " telemetry must have measured, 0 to 1.")
        BigDecimal telemetryCoverageRatioMin) {
  public CloseConfig {
    if (invoiceDifferenceMax.signum() < 0) {
      throw new IllegalArgumentException(
          "invoice_difference_max " + invoiceDifferenceMax + " is below 0");
    }
    Limits.ratio("unowned_cost_ratio_max", unownedCostRatioMax);
    Limits.ratio("telemetry_coverage_ratio_min", telemetryCoverageRatioMin);
  }
}
