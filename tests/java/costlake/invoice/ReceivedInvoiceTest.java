package costlake.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the file of received invoices, which nights and closing a month share. */
class ReceivedInvoiceTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("invoices.csv"), text);
  }

  @Test
  void readsEachInvoiceWithoutSpacesAndWithFurtherColumns() throws IOException {
    Path file =
        file(
            """
            billing_month,note,invoice_id,currency,amount
            2026-09,"paid, twice", EUINDE26-7 ,USD, 211144.48
            """);
    assertThat(ReceivedInvoice.read(file))
        .singleElement()
        .satisfies(
            invoice -> {
              assertThat(invoice.billingMonth()).isEqualTo("2026-09");
              assertThat(invoice.invoiceId()).isEqualTo("EUINDE26-7");
              assertThat(invoice.currency()).isEqualTo("USD");
              assertThat(invoice.amount()).isEqualByComparingTo("211144.48");
            });
  }

  @Test
  void mistakesNameTheFile() throws IOException {
    assertThatThrownBy(() -> ReceivedInvoice.read(folder.resolve("none.csv")))
        .hasMessageContaining("none.csv: no such file. Set close.invoices");
    Path narrow = file("billing_month,invoice_id,currency\n2026-09,a,USD\n");
    assertThatThrownBy(() -> ReceivedInvoice.read(narrow))
        .hasMessageContaining("invoices.csv: it has no column 'amount'");
    Path text = file("billing_month,invoice_id,currency,amount\n2026-09,a,USD,ten\n");
    assertThatThrownBy(() -> ReceivedInvoice.read(text))
        .hasMessageContaining("Invalid amount 'ten' of invoice a in")
        .hasMessageContaining("invoices.csv");
  }
}
