package costlake.convert;

import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.Delivery;
import costlake.core.Money;
import costlake.core.Reject;
import costlake.core.TemporaryOutput;
import costlake.land.Bronze;
import costlake.land.RejectList;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The delivered rows that cannot be read.
 *
 * @param rows number of rows
 * @param first the first rows
 * @param money billed cost by currency of the rows whose cost and currency can be read
 * @param moneyUnknown number of rows whose cost or currency cannot be read
 * @param file CSV file that lists all rows; empty if there are none
 */
public record Rejects(
    long rows,
    List<Reject> first,
    Map<String, BigDecimal> money,
    long moneyUnknown,
    Optional<Path> file) {
  static final Rejects NONE = new Rejects(0, List.of(), Map.of(), 0, Optional.empty());
  static final String NAME = "rejects.csv";
  private static final int FIRST = 5;

  public Rejects {
    first = List.copyOf(first);
    money = new TreeMap<>(money);
  }

  /** Writes the rejected rows to a temporary file, if there are any. */
  static Rejects write(
      SparkSession spark, Config config, List<Delivery> bills, TemporaryOutput list) {
    if (bills.stream().allMatch(bill -> bill.rejected() == 0)) {
      return NONE;
    }
    try (RejectList csv = RejectList.in(list, LineDelimiter.CRLF, "file", "row", "reason", "raw")) {
      Listing listing = new Listing(csv);
      SourceKinds.of(SourceKind.Family.BILL)
          .map(kind -> Bronze.rejected(spark, config, kind, bills))
          .forEach(rows -> rows.toLocalIterator().forEachRemaining(listing::add));
      return listing.rejects(list.output());
    }
  }

  /** Collects the sums while the rows are written. */
  private static final class Listing {
    private final List<Reject> first = new ArrayList<>();
    private final Map<String, BigDecimal> money = new TreeMap<>();
    private final RejectList csv;
    private long moneyUnknown;

    Listing(RejectList csv) {
      this.csv = csv;
    }

    void add(Row row) {
      Reject reject = Bronze.reject(row);
      csv.add(reject.file(), Long.toString(reject.row()), reject.reason(), reject.raw());
      if (first.size() < FIRST) {
        first.add(reject);
      }
      addMoney(row.getAs(Bronze.COST), row.getAs(Bronze.CURRENCY));
    }

    private void addMoney(String cost, String currency) {
      Optional<BigDecimal> amount = Optional.ofNullable(cost).flatMap(Money::parse);
      if (amount.isPresent() && currency != null) {
        money.merge(currency, amount.get(), BigDecimal::add);
      } else {
        moneyUnknown++;
      }
    }

    Rejects rejects(Path file) {
      return new Rejects(csv.rows(), first, money, moneyUnknown, Optional.of(file));
    }
  }
}
