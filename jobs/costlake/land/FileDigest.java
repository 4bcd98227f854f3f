package costlake.land;

import costlake.core.DeliveredFile;
import costlake.core.Sha256;
import costlake.land.read.ObservedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Counts, digests and copies the bytes that somebody reads, so that one pass does it all. */
final class FileDigest {
  private static final int ID_DIGITS = 16;

  private final MessageDigest digest = Sha256.digest();
  private final OutputStream copy;
  private long bytes;

  FileDigest() {
    this(OutputStream.nullOutputStream());
  }

  /**
   * Copies too.
   *
   * @param copy gets every byte that is read
   */
  FileDigest(OutputStream copy) {
    this.copy = copy;
  }

  /** A failure to write the copy, as opposed to a failure to read. */
  static final class CopyFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final IOException cause;

    CopyFailed(IOException cause) {
      super(cause.getMessage(), cause);
      this.cause = cause;
    }

    IOException cause() {
      return cause;
    }
  }

  /** The stream to read from; closing it reads what is left. */
  InputStream over(InputStream in) {
    return new ObservedStream(in, this::take) {
      private boolean closed;

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          transferTo(OutputStream.nullOutputStream());
          super.close();
        }
      }
    };
  }

  private void take(byte[] buffer, int offset, int length) {
    digest.update(buffer, offset, length);
    bytes += length;
    try {
      copy.write(buffer, offset, length);
    } catch (IOException e) {
      throw new CopyFailed(e);
    }
  }

  long bytes() {
    return bytes;
  }

  /** Hex digest; ends the digest. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** An id computed from the content of files, without their names. */
  static String contentId(List<DeliveredFile> files) {
    MessageDigest all = Sha256.digest();
    for (DeliveredFile file : files) {
      all.update(file.sha256().getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(all.digest()).substring(0, ID_DIGITS);
  }
}
