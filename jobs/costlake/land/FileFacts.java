package costlake.land;

import costlake.core.DeliveredFile;
import costlake.core.Money;
import costlake.land.read.CsvFacts;
import costlake.land.read.ParquetFacts;
import costlake.land.read.Relation;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one delivered file after it was read once.
 *
 * @param rows data rows, good and rejected
 * @param rejected how many cannot be read; of Parquet {@link Verdict} finds that out
 * @param months billing month (YYYY-MM) to rows; of Parquet only which months there are
 */
record FileFacts(
    List<String> header,
    long rows,
    long rejected,
    List<CsvFacts.RejectedRow> rejects,
    Map<String, Long> months,
    BigDecimal cost,
    BigDecimal rejectedCost) {

  /** Facts of a file that is no table and counts as so many rows. */
  static FileFacts answer(long rows) {
    return new FileFacts(List.of(), rows, 0, List.of(), Map.of(), BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /** Facts of a CSV, from its bytes. */
  static FileFacts csv(InputStream in, String name, Relation relation, int recordBytesMax) {
    CsvFacts facts = CsvFacts.read(in, name, relation, recordBytesMax);
    return new FileFacts(
        facts.header().names(),
        facts.rows(),
        facts.rejected(),
        facts.rejects(),
        facts.months(),
        facts.cost(),
        facts.rejectedCost());
  }

  /** Facts of a Parquet file, from its footer; the name is where it was delivered. */
  static FileFacts parquet(Path file, String name, Relation relation) {
    ParquetFacts facts = ParquetFacts.read(file, name);
    relation.check(name, facts.columns());
    Map<String, Long> months = new HashMap<>();
    String period = relation.periodColumn(facts.columns());
    Set<String> found = period == null ? Set.of() : ParquetFacts.months(file, period);
    found.forEach(month -> months.put(month, facts.rows() / found.size()));
    return new FileFacts(
        facts.columns(),
        facts.rows(),
        DeliveredFile.UNJUDGED,
        List.of(),
        months,
        BigDecimal.ZERO.setScale(Money.SCALE),
        BigDecimal.ZERO.setScale(Money.SCALE));
  }

  /** The month with most rows. */
  Optional<String> month() {
    return months.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }
}
