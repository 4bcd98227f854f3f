package costlake.land.read;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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

  /** The hashes that occur more than once in a delivery. */
  public static final class Repeated {
    private final long rows;
    private final long[] keys;
    private final int[] times;

    /**
     * @param rows number of rows with these hashes, without the first row of each hash
     * @param keys the hashes, in ascending order
     * @param times how often each of them occurs
     */
    private Repeated(long rows, long[] keys, int[] times) {
      this.rows = rows;
      this.keys = keys;
      this.times = times;
    }

    /** Returns the number of rows that repeat another row. */
    public long rows() {
      return rows;
    }

    /** Returns the index of a hash; negative if it does not occur more than once. */
    int at(long key) {
      return Arrays.binarySearch(keys, key);
    }

    /** Returns the number of rows of a file that another file contains too. */
    public long shared(RowKeys file) {
      int[] here = new int[keys.length];
      for (int i = 0; i < file.size; i++) {
        int at = at(file.keys[i]);
        if (at >= 0) {
          here[at]++;
        }
      }
      return IntStream.range(0, keys.length)
          .filter(at -> here[at] < times[at])
          .mapToLong(at -> here[at])
          .sum();
    }
  }

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

  /** Finds the hashes that occur more than once in the files of a delivery. */
  public static Repeated repeated(List<RowKeys> files) {
    long[] all = sorted(files);
    LongStream.Builder keys = LongStream.builder();
    IntStream.Builder times = IntStream.builder();
    long rows = 0;
    for (int from = 0; from < all.length; ) {
      int to = from + 1;
      while (to < all.length && all[to] == all[from]) {
        to++;
      }
      if (to - from > 1) {
        keys.add(all[from]);
        times.add(to - from);
        rows += to - from - 1;
      }
      from = to;
    }
    return new Repeated(rows, keys.build().toArray(), times.build().toArray());
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
}
