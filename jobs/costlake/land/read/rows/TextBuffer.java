package costlake.land.read.rows;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Buffers the bytes of a text file, beginning with the current record. The buffer grows until the
 * record fits. A byte-order mark at the beginning of the file is skipped.
 */
public abstract class TextBuffer implements Closeable {
  private static final long BUFFER_BYTES_MAX = Integer.MAX_VALUE - 8L;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;

  /** The buffered bytes. Only the bytes before {@link #limit} are valid. */
  protected byte[] buffer;

  protected int limit;

  /** Whether {@link #limit} is the end of the file. */
  protected boolean ended;

  /** Offset of the first byte of the current record. */
  protected int start;

  /** Offset after the last byte of the current record, without its line end. */
  protected int end;

  /** Offset of the first byte that does not belong to the current record. */
  protected int next;

  protected TextBuffer(InputStream in, int bufferBytes) throws IOException {
    this.in = in;
    this.buffer = new byte[bufferBytes];
    try {
      skipMark();
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void skipMark() throws IOException {
    boolean more = true;
    while (more && limit < MARK.length) {
      more = fill();
    }
    if (limit >= MARK.length && Arrays.equals(buffer, 0, MARK.length, MARK, 0, MARK.length)) {
      next = MARK.length;
    }
  }

  /**
   * Reads more bytes and keeps the bytes of the current record. Returns false at the end of the
   * file.
   */
  public final boolean fill() throws IOException {
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

  public final byte[] buffer() {
    return buffer;
  }

  /** Returns the offset of the record in {@link #buffer()}. */
  public final int start() {
    return start;
  }

  /** Returns the offset after the record in {@link #buffer()}, without its line end. */
  public final int end() {
    return end;
  }

  /** Returns the first bytes of the record as text. */
  public final String raw(int bytesMax) {
    return new String(buffer, start, Math.min(end - start, bytesMax), StandardCharsets.UTF_8);
  }

  @Override
  public final void close() throws IOException {
    in.close();
  }
}
