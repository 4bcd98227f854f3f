package costlake.init;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * A summary of the charges in bills.
 *
 * @param charges number of charges
 * @param months billing months
 * @param cost billed cost by currency
 * @param accounts accounts with charges
 * @param tags tag keys, the most used first
 * @param providers service providers of each file; null means that the export does not name the
 *     provider
 */
record BillSurvey(
    long charges,
    SortedSet<YearMonth> months,
    Map<String, BigDecimal> cost,
    List<Account> accounts,
    List<Tag> tags,
    Map<Path, Set<String>> providers) {

  /**
   * An account with charges. A name is null if the bill does not have it.
   *
   * @param id id of the account; null for charges without a sub account
   */
  record Account(String id, String name, String payerId, String payerName, long charges) {}

  /**
   * A tag key without the prefix {@code user:}.
   *
   * @param charges number of charges that have a value
   * @param values number of different values
   */
  record Tag(String key, long charges, long values) {}

  /** A value of the tag that names teams, and the number of charges with this value. */
  record Value(String value, long charges) {}
}
