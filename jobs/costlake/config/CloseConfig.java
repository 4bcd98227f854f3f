package costlake.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The conditions under which a month may be closed. */
public record CloseConfig(
    @Description(
            "CSV file of the invoices received, with the columns billing_month (YYYY-MM),"
                + " invoice_id, currency and amount. Empty: charges are compared with statements"
                + " only. Nights read it too, because the statement of the company shows the"
                + " amounts. Relative paths start at the folder of the configuration.")
        @Nullable String invoices,
    @Required
        @Description(
            "Largest allowed difference between an invoice and the sum of its charges, in"
                + " the currency of the invoice.")
        BigDecimal invoiceDifferenceMax,
    @Required
        @Description(
            "Largest allowed share of a month's cost that goes to the owner of last resort"
                + " because no rule assigns it, 0 to 1.")
        BigDecimal unownedCostRatioMax,
    @Required
        @Description(
            "Smallest allowed share of the days and of the accelerator time of a month"
                + " that the telemetry of each cluster has measured, 0 to 1.")
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
