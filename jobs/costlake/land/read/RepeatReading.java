package costlake.land.read;

import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.Relation;
import costlake.land.read.rows.RowIdentity;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the files of a delivery again, in their order, and finds the rows whose hash occurs more
 * than once. Sums the cost of those that repeat an earlier row.
 */
public final class RepeatReading {
  private static final int RETURNED_MAX = 20_000;

  private final RowKeys.Repeated repeated;
  private final int keysMax;
  private final Relation relation;
  private final int recordBytesMax;
  private final BitSet seen = new BitSet();
  private BigDecimal cost = BigDecimal.ZERO;
  private int returned;

  /**
   * A row whose hash occurs more than once.
   *
   * @param key two independent hashes of the identity of the row
   * @param whole two independent hashes of all columns
   * @param identified whether the row has an identity other than all its columns
   * @param raw beginning of the row as delivered
   */
  public record Suspect(
      List<Long> key,
      List<Long> whole,
      boolean identified,
      long row,
      String raw,
      BigDecimal cost) {}

  /**
   * Creates a reading.
   *
   * @param keysMax number of hashes whose rows are returned; the cost of all is summed
   */
  public RepeatReading(
      RowKeys.Repeated repeated, int keysMax, Relation relation, int recordBytesMax) {
    this.repeated = repeated;
    this.keysMax = keysMax;
    this.relation = relation;
    this.recordBytesMax = recordBytesMax;
  }

  /** Reads the next file, and returns its rows whose hash occurs more than once. */
  public List<Suspect> next(Path file) {
    FilePlan plan = TableFiles.plan(file, relation, recordBytesMax);
    RowIdentity identity = RowIdentity.of(relation, plan.columns());
    RowCost costs = new RowCost(relation, plan.columns());
    Set<Integer> fields = plan.positions();
    Arrays.stream(costs.fields()).forEach(fields::add);
    List<Suspect> suspects = new ArrayList<>();
    try (RowReader rows = TableFiles.open(plan, fields, FileSlice.WHOLE)) {
      while (rows.next()) {
        int key = rows.reject() == null ? repeated.at(rows.key(identity)) : -1;
        if (key >= 0) {
          BigDecimal amount = costs.of(rows);
          count(key, amount);
          if (key < keysMax && returned++ < RETURNED_MAX) {
            suspects.add(suspect(rows, identity, amount));
          }
        }
      }
      return suspects;
    } catch (IOException e) {
      throw RowReader.broken(file.toString(), e);
    }
  }

  private void count(int key, BigDecimal amount) {
    if (seen.get(key)) {
      cost = cost.add(amount);
    }
    seen.set(key);
  }

  private static Suspect suspect(RowReader row, RowIdentity identity, BigDecimal amount) {
    return new Suspect(
        hashes(row, identity),
        hashes(row, identity.ofWholeRow()),
        identity.identifies(row),
        row.number(),
        row.raw(),
        amount);
  }

  private static List<Long> hashes(RowReader row, RowIdentity identity) {
    return List.of(row.key(identity), row.key(identity.again()));
  }

  /** Returns the billed cost of the rows read so far that repeat an earlier row. */
  public BigDecimal cost() {
    return cost;
  }
}
