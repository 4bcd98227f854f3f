package costlake.build;

import costlake.config.ConfTable;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.Money;
import costlake.invoice.ReceivedInvoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The invoices that the file {@code close.invoices} lists, as the table {@code conf.invoices}. */
final class ReceivedInvoices {
  private static final String NAME = "conf.invoices";
  private static final String DDL =
      "billing_month string, invoice_id string, currency string, amount " + Money.SQL_TYPE;

  private ReceivedInvoices() {}

  /**
   * Returns a table with one row for each invoice and currency. It has no rows if the file does not
   * exist yet, because only closing a month needs it.
   *
   * @throws Failure with exit code 2 if the file lacks a column, or if an amount is not a number
   */
  static ConfTable table(Config config) {
    List<List<@Nullable Object>> rows =
        Optional.ofNullable(config.close().invoices())
            .map(Path::of)
            .filter(Files::isReadable)
            .map(ReceivedInvoice::read)
            .orElse(List.of())
            .stream()
            .map(ReceivedInvoices::row)
            .toList();
    return new ConfTable(NAME, DDL, rows);
  }

  private static List<@Nullable Object> row(ReceivedInvoice invoice) {
    return List.of(
        invoice.billingMonth(), invoice.invoiceId(), invoice.currency(), invoice.amount());
  }
}
