package costlake.land.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads a JSON document as JSON lines: each element of one array of the document becomes a line. An
 * element stays on the line on which it begins in the document, if no other element begins there.
 */
final class JsonDocument extends InputStream {
  private static final int HEAD_BYTES = 1 << 16;

  private final InputStream in;
  private final Scanner scanner;
  private final byte[] read = new byte[HEAD_BYTES];
  private byte[] lines = {};
  private int at;

  private JsonDocument(InputStream in, Scanner scanner) {
    this.in = in;
    this.scanner = scanner;
  }

  /**
   * Returns JSON lines: of the document, or the bytes themselves if they are no document with such
   * an array.
   *
   * @param rowArrays names of members of the document; the elements of the first such array are the
   *     rows. If the whole document is an array, its elements are the rows
   */
  static InputStream lines(InputStream in, Set<String> rowArrays) throws IOException {
    if (rowArrays.isEmpty()) {
      return in;
    }
    byte[] head = in.readNBytes(HEAD_BYTES);
    Scanner first = new Scanner(rowArrays);
    first.take(head, head.length);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
    return first.isDocument() ? new JsonDocument(whole, new Scanner(rowArrays)) : whole;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (at == lines.length) {
      int count = in.read(read, 0, read.length);
      if (count < 0) {
        scanner.requireEnd();
        return -1;
      }
      scanner.take(read, count);
      lines = scanner.lines();
      at = 0;
    }
    int taken = Math.min(length, lines.length - at);
    System.arraycopy(lines, at, to, offset, taken);
    at += taken;
    return taken;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Finds the array of rows and the ends of its elements. */
  private static final class Scanner {
    private static final int NO_ROWS = -1;

    private final Set<String> rowArrays;
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private byte[] out = new byte[HEAD_BYTES];
    private int length;
    private int depth;
    private boolean text;
    private boolean escaped;
    private int rowsDepth = NO_ROWS;
    private boolean found;
    private boolean element;
    private boolean severalValues;
    private boolean ended;

    /** Line ends of the document less those of the lines. */
    private int owed;

    Scanner(Set<String> rowArrays) {
      this.rowArrays = rowArrays;
    }

    boolean isDocument() {
      return found && !severalValues;
    }

    byte[] lines() {
      byte[] lines = Arrays.copyOf(out, length);
      length = 0;
      return lines;
    }

    void requireEnd() throws IOException {
      if (depth > 0 || text) {
        throw new IOException("its JSON document does not end");
      }
    }

    void take(byte[] bytes, int count) {
      for (int i = 0; i < count; i++) {
        if (text) {
          inText(bytes[i]);
        } else {
          take(bytes[i]);
        }
      }
    }

    private void inText(byte b) {
      if (element) {
        emit(b);
      }
      if (escaped) {
        escaped = false;
      } else if (b == '\\') {
        escaped = true;
      } else if (b == '"') {
        text = false;
        return;
      }
      if (depth == 1) {
        name.write(b);
      }
    }

    private void take(byte b) {
      switch (b) {
        case '"' -> beginText();
        case '{', '[' -> open(b);
        case '}', ']' -> close(b);
        case '\n' -> lineEnd();
        case ' ', '\t', '\r' -> {}
        case ',' -> comma();
        default -> other(b);
      }
    }

    private void beginText() {
      text = true;
      name.reset();
      beginElement();
      if (element) {
        emit((byte) '"');
      }
    }

    private void open(byte b) {
      severalValues |= ended && depth == 0;
      beginElement();
      depth++;
      if (element) {
        emit(b);
      } else if (b == '[' && !found && isRows()) {
        rowsDepth = depth;
        found = true;
      }
    }

    private boolean isRows() {
      return depth == 1
          || (depth == 2 && rowArrays.contains(name.toString(StandardCharsets.UTF_8)));
    }

    private void close(byte b) {
      depth--;
      if (depth < rowsDepth) {
        endElement();
        rowsDepth = NO_ROWS;
      } else if (element) {
        emit(b);
      }
      ended |= depth == 0;
    }

    private void comma() {
      if (element && depth == rowsDepth) {
        endElement();
      } else if (element) {
        emit((byte) ',');
      }
    }

    private void other(byte b) {
      beginElement();
      if (element) {
        emit(b);
      }
    }

    private void beginElement() {
      element |= depth == rowsDepth;
    }

    private void endElement() {
      if (element) {
        element = false;
        emit((byte) '\n');
        owed--;
        pay();
      }
    }

    private void lineEnd() {
      owed++;
      if (!element) {
        pay();
      }
    }

    private void pay() {
      while (owed > 0) {
        emit((byte) '\n');
        owed--;
      }
    }

    private void emit(byte b) {
      if (length == out.length) {
        out = Arrays.copyOf(out, 2 * length);
      }
      out[length++] = b;
    }
  }
}
