package costlake.land.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that passes every byte that is read to an observer, once and in order. */
public class ObservedStream extends FilterInputStream {
  private final Observer observer;

  /** Receives the bytes that were read. */
  @FunctionalInterface
  public interface Observer {
    /** Receives {@code length} bytes that were read, in the buffer from {@code offset}. */
    void take(byte[] buffer, int offset, int length);
  }

  public ObservedStream(InputStream in, Observer observer) {
    super(in);
    this.observer = observer;
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
      observer.take(buffer, offset, read);
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes(Math.toIntExact(Math.min(n, Integer.MAX_VALUE))).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
