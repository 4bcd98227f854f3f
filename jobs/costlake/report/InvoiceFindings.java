package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says whether the bill agrees with the invoices that were received. */
final class InvoiceFindings {
  private final List<PrintedRow> billed;
  private final StatementTexts words;

  InvoiceFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.billed = statement.rows("invoices").stream().filter(row -> row.is("is_billed")).toList();
    this.words = words;
  }

  /** Says that all invoices agree; null if one of them is unknown or differs. */
  public @Nullable String agreement() {
    if (!billed.stream().allMatch(InvoiceFindings::agrees)) {
      return null;
    }
    return billed.stream().allMatch(InvoiceFindings::hasItsCents)
        ? words.say("as the invoices state")
        : words.say("as the invoices state; a cent was moved so that the lines add up");
  }

  private static boolean agrees(PrintedRow row) {
    return row.decimalOrNull("invoice_amount") != null
        && row.decimal("invoice_difference").signum() == 0;
  }

  private static boolean hasItsCents(PrintedRow row) {
    BigDecimal stated = row.decimal("invoice_amount").setScale(2, RoundingMode.HALF_UP);
    return stated.compareTo(row.decimal("cost_shown")) == 0;
  }
}
