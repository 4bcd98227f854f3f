package costlake.lake;

import static org.apache.spark.sql.functions.col;

import costlake.core.BillingPeriod;
import costlake.core.Failure;
import java.sql.Date;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The months that were closed and re-opened, and what was frozen for each; below closes/. */
public final class Closes {
  private final JournalFiles<CloseAction> files;
  private final TableFormat format;

  Closes(String root, TableFormat format, Configuration hadoop) {
    this.files = new JournalFiles<>(root, "closes", CloseAction.class, hadoop);
    this.format = format;
  }

  /** Every act that is complete, oldest first. */
  public List<CloseAction> acts() {
    return files.newestFirst().stream()
        .map(files::read)
        .filter(act -> act.state() == CloseAction.State.RECORDED)
        .sorted(Comparator.comparingLong(CloseAction::sequence))
        .toList();
  }

  /** The close in force of each closed month, in order of months. */
  public SortedMap<BillingPeriod, CloseAction> inForce() {
    SortedMap<BillingPeriod, CloseAction> closed = new TreeMap<>();
    for (CloseAction act : acts()) {
      if (act.kind() == CloseAction.Kind.CLOSED) {
        closed.put(act.period(), act);
      } else {
        closed.remove(act.period());
      }
    }
    return closed;
  }

  /** The close that issued a statement. */
  public Optional<CloseAction> issuing(String statementId) {
    return acts().stream()
        .filter(act -> act.statements().stream().anyMatch(s -> s.id().equals(statementId)))
        .findFirst();
  }

  /**
   * The rows of its month that a close froze of a table.
   *
   * @throws Failure with exit code 3 if it was closed before there was such a table
   */
  public Dataset<Row> frozen(CloseAction act, TableName table) {
    if (!act.pins().containsKey(table.toString())) {
      throw Failure.data(
          """
          Cannot print the statements of close %d of %s again: the close did not freeze %s, because
          a later version of Costlake added it. Print them with the version that issued them
          """,
          act.closeNumber(), act.period(), table);
    }
    return format.pinned(table, act.pins().get(table.toString())).where(rows(act));
  }

  static Column rows(CloseAction act) {
    return col("billing_month").equalTo(Date.valueOf(act.period().firstDay()));
  }

  /** An act that began and did not end. */
  Optional<CloseAction> pending() {
    return newest().filter(act -> act.state() == CloseAction.State.RECORDING);
  }

  long nextSequence() {
    return newest().map(CloseAction::sequence).orElse(0L) + 1;
  }

  void write(CloseAction act) {
    files.write(act.sequence(), act);
  }

  private Optional<CloseAction> newest() {
    return files.newestFirst().stream().findFirst().map(files::read);
  }
}
