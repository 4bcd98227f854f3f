package costlake.close;

import static org.apache.spark.sql.functions.sum;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.Money;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Reads the received invoices from a CSV file with one row for each invoice and currency. */
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

  private static final List<String> COLUMNS =
      List.of("billing_month", "invoice_id", "currency", "amount");
  private static final int AMOUNT = 3;

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
    Map<Key, BigDecimal> received = received(period, bills.sparkSession());
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

  private Map<Key, BigDecimal> received(BillingPeriod period, SparkSession spark) {
    Map<Key, BigDecimal> received = new TreeMap<>();
    for (Row row : rows(spark)) {
      if (Objects.equals(row.getString(0), period.toString())) {
        received.merge(new Key(row.getString(1), row.getString(2)), amount(row), BigDecimal::add);
      }
    }
    return received;
  }

  private List<Row> rows(SparkSession spark) {
    if (!Files.isReadable(file)) {
      throw Failure.operator(
          "Cannot read the invoices from %s: no such file. Set close.invoices", file);
    }
    Dataset<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("escape", "\"")
            .option("ignoreLeadingWhiteSpace", true)
            .option("ignoreTrailingWhiteSpace", true)
            .csv(file.toString());
    if (!Set.of(rows.columns()).containsAll(COLUMNS)) {
      throw Failure.operator(
          "Invalid invoices in %s: the file has the columns %s, but needs %s",
          file, List.of(rows.columns()), COLUMNS);
    }
    return rows.select(COLUMNS.stream().map(functions::col).toArray(Column[]::new)).collectAsList();
  }

  private BigDecimal amount(Row row) {
    return Optional.ofNullable(row.getString(AMOUNT))
        .flatMap(Money::parse)
        .orElseThrow(
            () ->
                Failure.operator(
                    "Invalid amount '%s' of invoice %s in %s: write a number such as 1234.56",
                    row.getString(AMOUNT), row.getString(1), file));
  }
}
