package costlake.land.read;

import java.util.zip.CRC32;

/**
 * Computes the length and the CRC of bytes. Files with the same length and CRC are candidates for
 * repeated files.
 */
final class Checksum implements ObservedStream.Observer {
  private final CRC32 sum = new CRC32();
  private long bytes;

  @Override
  public void take(byte[] buffer, int offset, int length) {
    sum.update(buffer, offset, length);
    bytes += length;
  }

  String sum() {
    return bytes + "-" + Long.toHexString(sum.getValue());
  }
}
