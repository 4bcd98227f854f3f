package costlake.invoice;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Money;
import costlake.land.read.ReferenceCsv;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A row of the file {@code close.invoices}: an invoice in one currency.
 *
 * @param billingMonth month as text, e.g. {@code 2026-09}
 * @param amount amount of the invoice in its currency
 */
public record ReceivedInvoice(
    String billingMonth, String invoiceId, String currency, BigDecimal amount) {
  private static final List<String> COLUMNS =
      List.of("billing_month", "invoice_id", "currency", "amount");

  /**
   * Reads a file of invoices.
   *
   * @throws Failure with exit code 2 if the file cannot be read or lacks a column, or if an amount
   *     is not a number
   */
  public static List<ReceivedInvoice> read(Path file) {
    if (!Files.isReadable(file)) {
      throw Failure.operator(
          "Cannot read the invoices from %s: no such file. Set close.invoices", file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return ReferenceCsv.read(file.toString(), in, COLUMNS).stream()
          .map(row -> of(file, row))
          .toList();
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot read %s: %s", file, FileErrors.why(e));
    }
  }

  private static ReceivedInvoice of(Path file, Map<String, String> row) {
    return new ReceivedInvoice(
        text(row, "billing_month"),
        text(row, "invoice_id"),
        text(row, "currency"),
        amount(file, row));
  }

  private static String text(Map<String, String> row, String column) {
    return ReferenceCsv.value(row, column).strip();
  }

  private static BigDecimal amount(Path file, Map<String, String> row) {
    String amount = text(row, "amount");
    return Money.parse(amount)
        .map(money -> money.setScale(Money.SCALE))
        .orElseThrow(
            () ->
                Failure.operator(
                    "Invalid amount '%s' of invoice %s in %s: write a number such as 1234.56",
                    amount, text(row, "invoice_id"), file));
  }
}
