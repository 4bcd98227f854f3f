package costlake.watch;

import costlake.decide.OpsTable;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A finding as watches recorded it, from the watch that first found it to the first that did not.
 *
 * @param foundAt time of the watch that first found it
 * @param isOpen whether the last watch found it
 * @param watchedAt time of the watch that first found it, or that did not find it any more
 */
record FoundBefore(Finding finding, Instant foundAt, boolean isOpen, Instant watchedAt) {
  private static final String OPEN = "open";
  private static final String OVER = "over";

  /** Returns the findings of a lake, each time that it was found. */
  static Collection<FoundBefore> in(Lake lake) {
    Map<List<Object>, FoundBefore> last = new HashMap<>();
    lake.rows(WatchLog.FINDINGS).stream()
        .map(FoundBefore::of)
        .forEach(
            found ->
                last.merge(
                    List.of(found.finding.id(), found.foundAt),
                    found,
                    (one, other) -> one.isOpen ? other : one));
    return last.values();
  }

  /**
   * Records what a watch found that the last one did not, and what is over.
   *
   * @param isWhole whether every cluster was watched; otherwise nothing is over
   */
  static void record(Lake lake, List<Finding> findings, boolean isWhole, Instant at) {
    try (DecisionStage<KnownFinding> stage = lake.begin(new WatchLog(), "findings-" + at)) {
      Collection<FoundBefore> before = in(lake);
      if (before.stream().noneMatch(found -> found.watchedAt.isAfter(at))) {
        stage.append(WatchLog.FINDINGS, changes(before, findings, isWhole, at));
      }
    }
  }

  private static List<Row> changes(
      Collection<FoundBefore> before, List<Finding> findings, boolean isWhole, Instant at) {
    List<FoundBefore> open = before.stream().filter(FoundBefore::isOpen).toList();
    Set<String> known = ids(open.stream().map(FoundBefore::finding).toList());
    Set<String> now = ids(findings);
    List<Row> rows = new ArrayList<>();
    findings.stream()
        .filter(finding -> !known.contains(finding.id()))
        .forEach(finding -> rows.add(new FoundBefore(finding, at, true, at).row()));
    open.stream()
        .filter(found -> isWhole && !now.contains(found.finding.id()))
        .forEach(f -> rows.add(new FoundBefore(f.finding, f.foundAt, false, at).row()));
    return rows;
  }

  private static Set<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).collect(Collectors.toSet());
  }

  private Row row() {
    @Nullable Cost cost = finding.soFar();
    return OpsTable.row(
        finding.id(),
        Timestamp.from(foundAt),
        isOpen ? OPEN : OVER,
        finding.rule(),
        finding.subject(),
        finding.team(),
        Timestamp.from(finding.since()),
        cost == null ? null : cost.currency(),
        cost == null ? null : cost.amount(),
        finding.what(),
        finding.advice(),
        Timestamp.from(watchedAt));
  }

  private static FoundBefore of(Row row) {
    BigDecimal cost = row.getAs("cost_so_far");
    Finding finding =
        new Finding(
            row.getAs("rule"),
            row.getAs("subject"),
            row.getAs("team_id"),
            HourRows.time(row, "since"),
            cost == null ? null : new Cost(row.getAs("billing_currency"), cost),
            row.getAs("what"),
            row.getAs("advice"));
    return new FoundBefore(
        finding,
        HourRows.time(row, "found_at"),
        row.getAs("state").equals(OPEN),
        HourRows.time(row, "watched_at"));
  }
}
