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
  private final JournalFiles<CloseAct> files;
  private final TableFormat format;

  Closes(String root, TableFormat format, Configuration hadoop) {
    this.files = new JournalFiles<>(root, "closes", CloseAct.class, hadoop);
    this.format = format;
  }

  /** Every act that is complete, oldest first. */
  public List<CloseAct> acts() {
    return files.newestFirst().stream()
        .map(files::read)
        .filter(act -> act.state() == CloseAct.State.RECORDED)
        .sorted(Comparator.comparingLong(CloseAct::sequence))
        .toList();
  }

  /** The close in force of each closed month, in order of months. */
  public SortedMap<BillingPeriod, CloseAct> inForce() {
    SortedMap<BillingPeriod, CloseAct> closed = new TreeMap<>();
    for (CloseAct act : acts()) {
      if (act.kind() == CloseAct.Kind.CLOSED) {
        closed.put(act.period(), act);
      } else {
        closed.remove(act.period());
      }
    }
    return closed;
  }

  /** The close that issued a statement. */
  public Optional<CloseAct> issuing(String statementId) {
    return acts().stream()
        .filter(act -> act.statements().stream().anyMatch(s -> s.id().equals(statementId)))
        .findFirst();
  }

  /**
   * The rows of its month that a close froze of a table.
   *
   * @throws Failure with exit code 3 if it was closed before there was such a table
   */
  public Dataset<Row> frozen(CloseAct act, TableName table) {
    if (!act.pins().containsKey(table.toString())) {
      throw Failure.data(
          "Cannot print the statements of close %d of %s again: it froze no %s, which came with a later version of Costlake. Print them with the version that issued them"
              .formatted(act.closeNumber(), act.period(), table));
    }
    return format.pinned(table, act.pins().get(table.toString())).where(rows(act));
  }

  static Column rows(CloseAct act) {
    return col("billing_month").equalTo(Date.valueOf(act.period().firstDay()));
  }

  /** An act that began and did not end. */
  Optional<CloseAct> pending() {
    return newest().filter(act -> act.state() == CloseAct.State.RECORDING);
  }

  long nextSequence() {
    return newest().map(CloseAct::sequence).orElse(0L) + 1;
  }

  void write(CloseAct act) {
    files.write(act.sequence(), act);
  }

  private Optional<CloseAct> newest() {
    return files.newestFirst().stream().findFirst().map(files::read);
  }
}
