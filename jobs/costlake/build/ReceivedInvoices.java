package costlake.build;

import costlake.config.ConfTable;
import costlake.config.Config;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The invoices that the file {@code close.invoices} lists, as the table {@code conf.invoices}. */
final class ReceivedInvoices {
  private static final String NAME = "conf.invoices";
  private static final String DDL =
      "billing_month string, invoice_id string, currency string, amount " + Money.SQL_TYPE;

  private static final List<String> COLUMNS =
      List.of("billing_month", "invoice_id", "currency", "amount");

  private ReceivedInvoices() {}

  /**
   * Returns a table with one row for each invoice and currency. It has no rows if the file does not
   * exist yet, because only closing a month needs it.
   *
   * @throws Failure with exit code 2 if the file lacks a column, or if an amount is not a number
   */
  static ConfTable table(Config config) {
    Optional<Path> file =
        Optional.ofNullable(config.close().invoices()).map(Path::of).filter(Files::isReadable);
    return new ConfTable(NAME, DDL, file.map(ReceivedInvoices::rows).orElse(List.of()));
  }

  private static List<List<@Nullable Object>> rows(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return ReferenceCsv.read(file.toString(), in, COLUMNS).stream()
          .map(invoice -> row(file, invoice))
          .toList();
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot read %s: %s", file, FileErrors.why(e));
    }
  }

  private static List<@Nullable Object> row(Path file, Map<String, String> invoice) {
    return List.of(
        text(invoice, "billing_month"),
        text(invoice, "invoice_id"),
        text(invoice, "currency"),
        amount(file, invoice));
  }

  private static String text(Map<String, String> invoice, String column) {
    return ReferenceCsv.value(invoice, column).strip();
  }

  private static BigDecimal amount(Path file, Map<String, String> invoice) {
    String amount = text(invoice, "amount");
    return Money.parse(amount)
        .map(money -> money.setScale(Money.SCALE))
        .orElseThrow(
            () ->
                Failure.operator(
                    "Invalid amount '%s' of invoice %s in %s: write a number such as 1234.56",
                    amount, text(invoice, "invoice_id"), file));
  }
}
