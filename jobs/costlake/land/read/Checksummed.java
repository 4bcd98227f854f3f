package costlake.land.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** Counts and sums the bytes that are read, so that equal content is suspected at no cost. */
final class Checksummed extends FilterInputStream {
  private final CRC32 sum = new CRC32();
  private long bytes;

  Checksummed(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      sum.update(buffer, offset, read);
      bytes += read;
    }
    return read;
  }

  /** Equal for equal content. */
  String sum() {
    return bytes + "-" + Long.toHexString(sum.getValue());
  }
}
