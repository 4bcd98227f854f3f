package costlake.close;

import static org.apache.spark.sql.functions.sum;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.invoice.ReceivedInvoice;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares the received invoices with the charges. */
final class Invoices {
  private record Key(String invoice, String currency) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return invoice + " " + currency;
    }
  }

  private final Path file;
  private final BigDecimal differenceMax;

  Invoices(Config config) {
    this.file = Path.of(config.close().invoices());
    this.differenceMax = config.close().invoiceDifferenceMax();
  }

  /**
   * Compares each invoice of a month with the charges that have its number.
   *
   * @param bills rows of {@code economics.billed_months} of the month
   * @param wrong receives a text for each invoice that differs
   * @return a text with the numbers of invoices and differences
   */
  String compare(BillingPeriod period, Dataset<Row> bills, List<String> wrong) {
    Map<Key, BigDecimal> received = received(period);
    Map<Key, BigDecimal> charged = charged(bills);
    int before = wrong.size();
    received.forEach(
        (key, amount) -> {
          BigDecimal found = charged.getOrDefault(key, BigDecimal.ZERO);
          BigDecimal difference = amount.subtract(found);
          if (difference.abs().compareTo(differenceMax) > 0) {
            wrong.add(
                "invoice %s is %s, but its charges are %s"
                    .formatted(
                        key.invoice(),
                        Gates.amountText(key.currency(), amount),
                        Gates.amountText(key.currency(), found)));
          }
        });
    charged.forEach(
        (key, amount) -> {
          if (!received.containsKey(key) && amount.abs().compareTo(differenceMax) > 0) {
            wrong.add(
                "invoice %s is missing, and its charges are %s"
                    .formatted(key.invoice(), Gates.amountText(key.currency(), amount)));
          }
        });
    return "%d invoices compared, %d differences over %s"
        .formatted(received.size(), wrong.size() - before, differenceMax.toPlainString());
  }

  private static Map<Key, BigDecimal> charged(Dataset<Row> bills) {
    Map<Key, BigDecimal> charged = new TreeMap<>();
    bills
        .groupBy("invoice_id", "billing_currency")
        .agg(sum("billed_cost"))
        .collectAsList()
        .forEach(
            row ->
                charged.put(
                    new Key(row.isNullAt(0) ? "(none)" : row.getString(0), row.getString(1)),
                    row.getDecimal(2)));
    return charged;
  }

  private Map<Key, BigDecimal> received(BillingPeriod period) {
    Map<Key, BigDecimal> received = new TreeMap<>();
    for (ReceivedInvoice invoice : ReceivedInvoice.read(file)) {
      if (invoice.billingMonth().equals(period.toString())) {
        received.merge(
            new Key(invoice.invoiceId(), invoice.currency()), invoice.amount(), BigDecimal::add);
      }
    }
    return received;
  }
}
