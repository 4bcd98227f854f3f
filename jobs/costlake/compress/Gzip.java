package costlake.compress;

import costlake.core.Message;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses a gzip file (RFC 1952), which consists of one or more members.
 *
 * <p>Fails if a member is truncated or damaged, and if bytes that are not a member follow a member
 * (also zeros). {@link java.util.zip.GZIPInputStream} would stop without an error at such bytes,
 * and all later rows would be lost.
 */
final class Gzip extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CRC = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;
  private static final int TIME_FLAGS_AND_SYSTEM_BYTES = 6;
  private static final long INT_MASK = 0xFFFFFFFFL;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 content = new CRC32();
  private final CRC32 header = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long before;
  private boolean inMember;
  private boolean anyMember;

  Gzip(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || beginMember()) {
      int read = inflate(target, offset, length);
      if (read > 0) {
        content.update(target, offset, read);
        return read;
      }
      endMember();
    }
    return -1;
  }

  /** Decompresses some bytes. Returns 0 at the end of the member. */
  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      int read = inflater.inflate(target, offset, length);
      while (read == 0 && !inflater.finished()) {
        if (inflater.needsDictionary()) {
          throw new IOException("the compressed data is damaged");
        }
        if (!fill()) {
          throw truncated();
        }
        inflater.setInput(buffer, 0, limit);
        position = limit;
        read = inflater.inflate(target, offset, length);
      }
      return read;
    } catch (DataFormatException e) {
      throw new IOException("the compressed data is damaged", e);
    }
  }

  /** Reads the header of the next member. Returns false at the end of the file. */
  private boolean beginMember() throws IOException {
    if (anyMember && position == limit && !fill()) {
      return false;
    }
    long start = before + position;
    header.reset();
    if (next() != MAGIC_1 || next() != MAGIC_2 || next() != DEFLATE) {
      throw notAMember(start);
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw notAMember(start);
    }
    skip(TIME_FLAGS_AND_SYSTEM_BYTES);
    skipOptional(flags);
    checkHeader(flags, start);
    inflater.setInput(buffer, position, limit - position);
    inMember = true;
    anyMember = true;
    return true;
  }

  private void skipOptional(int flags) throws IOException {
    if ((flags & HAS_EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int b = next();
    while (b != 0) {
      b = next();
    }
  }

  private void checkHeader(int flags, long start) throws IOException {
    if ((flags & HAS_HEADER_CRC) != 0) {
      int expected = (int) header.getValue() & 0xFFFF;
      if ((next() | next() << 8) != expected) {
        throw notAMember(start);
      }
    }
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long size = inflater.getBytesWritten() & INT_MASK;
    if (readInt() != content.getValue() || readInt() != size) {
      throw new IOException("the checksum of the compressed data is wrong");
    }
    inflater.reset();
    content.reset();
    inMember = false;
  }

  /** Reads a number of four bytes, lowest byte first. */
  private long readInt() throws IOException {
    return (next() | next() << 8 | next() << 16 | (long) next() << 24) & INT_MASK;
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw truncated();
    }
    int b = buffer[position++] & 0xFF;
    header.update(b);
    return b;
  }

  /** Reads more bytes of the file into the buffer. Returns false at the end of the file. */
  private boolean fill() throws IOException {
    before += limit;
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private static IOException truncated() {
    return new IOException("the compressed data ends too early");
  }

  private IOException notAMember(long start) {
    return new IOException(
        anyMember
            ? Message.of(
                """
                after the first gzip member, at byte %s, there are bytes that are not a gzip member
                """,
                start)
            : "it is not a gzip file");
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
