package costlake.land.read.json;

import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.TextRecords;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads lines that end with LF. Keeps only the beginning of a line that is longer than the limit.
 */
final class LineReader extends TextRecords {
  private static final int BUFFER_BYTES = 1 << 18;

  private final int bytesMax;
  private long number;
  private boolean tooLong;
  private boolean cut;

  LineReader(InputStream in, int bytesMax) throws IOException {
    super(in, BUFFER_BYTES);
    this.bytesMax = bytesMax;
  }

  @Override
  public boolean next() throws IOException {
    start = next;
    tooLong = false;
    int scanned = 0;
    boolean more = true;
    while (more) {
      int lineEnd = lineEnd(start + scanned);
      if (lineEnd >= 0) {
        return found(lineEnd, lineEnd + 1);
      }
      if (limit - start > bytesMax) {
        return skipRest();
      }
      scanned = limit - start;
      more = fill();
    }
    return limit > start && found(limit, limit);
  }

  private boolean found(int lineEnd, int following) {
    end = lineEnd;
    next = following;
    number++;
    tooLong = end - start > bytesMax;
    cut = lineEnd == following;
    return true;
  }

  private int lineEnd(int from) {
    for (int i = from; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Keeps the beginning of the line and skips its other bytes. */
  private boolean skipRest() throws IOException {
    int kept = Math.min(limit - start, RowReader.RAW_MAX);
    System.arraycopy(buffer, start, buffer, 0, kept);
    start = 0;
    limit = kept;
    while (fill() && lineEnd(kept) < 0) {
      limit = kept;
    }
    int lineEnd = lineEnd(kept);
    found(kept, lineEnd < 0 ? limit : lineEnd + 1);
    tooLong = true;
    return true;
  }

  @Override
  public boolean isLast() throws IOException {
    return next == limit && !fill();
  }

  @Override
  public boolean isCut() {
    return cut;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public boolean tooLong() {
    return tooLong;
  }
}
