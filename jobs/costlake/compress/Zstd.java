package costlake.compress;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses a Zstandard file (RFC 8878), which consists of one or more frames. Fails if a frame
 * is truncated or damaged, or if bytes that are not a frame follow a frame.
 */
final class Zstd extends InputStream {
  private final Source source;
  private final InputStream frames;

  Zstd(InputStream bytes) throws IOException {
    source = new Source(bytes);
    frames = new ZstdInputStreamNoFinalizer(source);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      int read = frames.read(target, offset, length);
      if (read < 0 && !source.any) {
        throw new IOException("it is not a Zstandard file");
      }
      return read;
    } catch (ZstdIOException e) {
      throw new IOException(
          source.ended
              ? "the compressed data ends too early"
              : "its compressed bytes are damaged, or are followed by other bytes",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }

  /** The compressed bytes. Records whether a byte was read and whether the end was reached. */
  private static final class Source extends FilterInputStream {
    private boolean any;
    private boolean ended;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      any |= read > 0;
      ended |= read < 0;
      return read;
    }
  }
}
