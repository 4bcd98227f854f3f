package costlake.land.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps a hash of each good row of a file. Equal hashes are candidates for repeated rows. */
public final class RowKeys {
  private static final int COUNTED_AT_ONCE = 1 << 10;
  private static final long[] NONE = {};

  private final RowKeyLimit limit;
  private long[] keys = new long[COUNTED_AT_ONCE];
  private int size;
  private boolean dropped;

  RowKeys(RowKeyLimit limit) {
    this.limit = limit;
  }

  /**
   * The hashes that occur more than once.
   *
   * @param rows number of rows with these hashes, without the first row of each hash
   * @param keys some of the hashes, in ascending order
   */
  public record Repeated(long rows, List<Long> keys) {
    public Repeated {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A row whose hash occurs more than once.
   *
   * @param key two independent hashes of the identity of the row
   * @param whole two independent hashes of all columns
   */
  public record Suspect(List<Long> key, List<Long> whole, long row) {}

  void add(long key) {
    if (dropped) {
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, keys.length * 2);
    }
    keys[size++] = key;
    if (size % COUNTED_AT_ONCE == 0 && !limit.add(COUNTED_AT_ONCE)) {
      drop();
    }
  }

  private void drop() {
    keys = NONE;
    size = 0;
    dropped = true;
  }

  /** Ends the file: no more keys are added. */
  RowKeys end() {
    if (!dropped && !limit.add(size % COUNTED_AT_ONCE)) {
      drop();
    }
    return this;
  }

  /** Whether the keys were dropped because too many rows were read. */
  public boolean dropped() {
    return dropped;
  }

  /** Returns the number of kept keys. */
  long size() {
    return size;
  }

  /**
   * Finds the hashes that occur more than once in the files of a delivery.
   *
   * @param keysMax maximum number of hashes to return
   */
  public static Repeated repeated(List<RowKeys> files, int keysMax) {
    long[] all = sorted(files);
    List<Long> some = new ArrayList<>();
    long rows = 0;
    for (int i = 1; i < all.length; i++) {
      if (all[i] == all[i - 1]) {
        rows++;
        boolean known = i > 1 && all[i - 2] == all[i];
        if (!known && some.size() < keysMax) {
          some.add(all[i]);
        }
      }
    }
    return new Repeated(rows, some);
  }

  private static long[] sorted(List<RowKeys> files) {
    long[] all = new long[files.stream().mapToInt(file -> file.size).sum()];
    int at = 0;
    for (RowKeys file : files) {
      System.arraycopy(file.keys, 0, all, at, file.size);
      at += file.size;
    }
    Arrays.parallelSort(all);
    return all;
  }

  /**
   * Reads a file again and returns its rows with one of the wanted hashes.
   *
   * @param wanted hashes in ascending order
   */
  public static List<Suspect> suspects(
      Path file, Relation relation, int recordBytesMax, List<Long> wanted) {
    FilePlan plan = FilePlan.of(file, relation, recordBytesMax);
    RowIdentity identity = RowIdentity.of(relation, plan.columns());
    long[] keys = wanted.stream().mapToLong(key -> key).toArray();
    List<Suspect> suspects = new ArrayList<>();
    try (RowReader rows = plan.open(plan.positions(), FileSlice.WHOLE)) {
      while (rows.next()) {
        long key = rows.reject() == null ? rows.key(identity) : 0;
        if (rows.reject() == null && Arrays.binarySearch(keys, key) >= 0) {
          suspects.add(
              new Suspect(
                  hashes(rows, identity), hashes(rows, identity.ofWholeRow()), rows.number()));
        }
      }
      return suspects;
    } catch (IOException e) {
      throw RowReader.broken(file.toString(), e);
    }
  }

  private static List<Long> hashes(RowReader row, RowIdentity identity) {
    return List.of(row.key(identity), row.key(identity.again()));
  }
}
