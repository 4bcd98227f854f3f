package costlake.init;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * Facts about the charges of a bill.
 *
 * @param charges number of charges
 * @param months billing months
 * @param cost billed cost by currency
 * @param accounts accounts that used something
 * @param tags tag keys, the most used first
 * @param providers service providers of each file; a null name means that the export does not say
 */
record BillSurvey(
    long charges,
    SortedSet<YearMonth> months,
    Map<String, BigDecimal> cost,
    List<Account> accounts,
    List<Tag> tags,
    Map<Path, Set<String>> providers) {

  /**
   * An account that used something. Names are null where the bill has none.
   *
   * @param id null for charges of no sub account
   */
  record Account(String id, String name, String payerId, String payerName, long charges) {}

  /**
   * A tag key without the prefix {@code user:}.
   *
   * @param charges number of charges that have a value
   * @param values number of different values
   */
  record Tag(String key, long charges, long values) {}

  /** A value of the team's tag. */
  record Value(String value, long charges) {}
}
