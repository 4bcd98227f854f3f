package costlake.land.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of bytes that end with LF, a byte-order mark dropped. Of a line that is longer than the
 * limit only the beginning is kept.
 */
final class LineReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final long BUFFER_BYTES_MAX = Integer.MAX_VALUE - 8L;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int bytesMax;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int limit;
  private int start;
  private int end;
  private int next;
  private long number;
  private boolean tooLong;
  private boolean cut;
  private boolean ended;

  LineReader(InputStream in, int bytesMax) throws IOException {
    this.in = in;
    this.bytesMax = bytesMax;
    try {
      passMark();
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void passMark() throws IOException {
    boolean more = true;
    while (more && limit < MARK.length) {
      more = fill();
    }
    if (limit >= MARK.length && Arrays.equals(buffer, 0, MARK.length, MARK, 0, MARK.length)) {
      next = MARK.length;
    }
  }

  /** Moves to the next line; false at the end of the file. */
  boolean next() throws IOException {
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
        return passRest();
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

  /** Keeps the beginning of the line and passes over the others of its bytes. */
  private boolean passRest() throws IOException {
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

  /** Reads more bytes behind those from {@code start} on; false when there are none. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      end -= start;
      next -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, BUFFER_BYTES_MAX));
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    ended = read < 0;
    limit += Math.max(0, read);
    return !ended;
  }

  /** Whether no line comes after this one. */
  boolean isLast() throws IOException {
    return next == limit && !fill();
  }

  /** Whether the file ends before the line does. */
  boolean isCut() {
    return cut;
  }

  /** Number of the line, from 1. */
  long number() {
    return number;
  }

  /** Whether the line is longer than the limit. */
  boolean tooLong() {
    return tooLong;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Offset of the line in {@link #buffer()}. */
  int start() {
    return start;
  }

  /** Offset behind the line, without its end. */
  int end() {
    return end;
  }

  /** The line, cut after so many bytes. */
  String raw(int max) {
    return new String(buffer, start, Math.min(end - start, max), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
