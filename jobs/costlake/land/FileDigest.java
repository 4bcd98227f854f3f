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
import java.util.stream.Stream;

/**
 * Computes the size and the digest of the bytes that a reader reads, and copies these bytes, in the
 * same pass.
 */
final class FileDigest {
  private static final int ID_DIGITS = 16;

  private final MessageDigest digest = Sha256.digest();
  private final OutputStream copy;
  private long bytes;

  FileDigest() {
    this(OutputStream.nullOutputStream());
  }

  /**
   * Creates a digest that also copies the bytes.
   *
   * @param copy receives every byte that is read
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

  /** Returns the stream to read from. Closing it reads the remaining bytes first. */
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

  /** Returns the digest in hexadecimal digits. Call it once, after all bytes are read. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns an id computed from the content of files, but not from their names. */
  static String contentId(List<DeliveredFile> files) {
    return id(files.stream().map(DeliveredFile::sha256));
  }

  /** Returns an id of the contents of files and the digest of the mapping that reads them. */
  static String contentId(List<DeliveredFile> files, String mapping) {
    return id(Stream.concat(Stream.of(mapping), files.stream().map(DeliveredFile::sha256)));
  }

  /** Returns an id computed from the content of files and their names. */
  static String namedContentId(List<DeliveredFile> files) {
    return id(files.stream().map(file -> file.sha256() + file.path() + '\n'));
  }

  private static String id(Stream<String> parts) {
    MessageDigest all = Sha256.digest();
    parts.forEach(part -> all.update(part.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(all.digest()).substring(0, ID_DIGITS);
  }
}
