package costlake.land.read.json;

import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.TextRecords;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Reads the values of JSON documents, one per record: documents one after another, the elements of
 * a document that is a list, and the elements of the lists that an object has under certain names,
 * e.g. {@code {"jobs": [...]}}. Of such an object, nothing else is read.
 */
final class JsonDocuments extends TextRecords {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int NONE = -1;

  private final int bytesMax;
  private final Set<String> lists;
  private JsonNesting around;
  private boolean inList;
  private boolean inObject;
  private long line = 1;
  private long number;

  /**
   * Reads from the beginning.
   *
   * @param bytesMax a file with a longer value is refused
   * @param lists names of members whose elements are values
   */
  JsonDocuments(InputStream in, int bytesMax, Set<String> lists) throws IOException {
    super(in, BUFFER_BYTES);
    this.bytesMax = bytesMax;
    this.lists = Set.copyOf(lists);
    this.around = new JsonNesting(lists);
  }

  /**
   * Whether a file has documents, and not one object per line: if it begins with a list, with an
   * object over several lines, or with an object that has one of the lists. Leaves the stream at
   * its beginning.
   */
  static boolean isIn(BufferedInputStream in, int bytesMax, Set<String> lists) throws IOException {
    in.mark(bytesMax);
    try {
      return isAhead(in, bytesMax, new JsonNesting(lists));
    } finally {
      in.reset();
    }
  }

  private static boolean isAhead(InputStream in, int bytesMax, JsonNesting nesting)
      throws IOException {
    boolean begun = false;
    for (int i = 0; i < bytesMax; i++) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      if (!begun && b != '{' && b != '[') {
        if (!isBlank((byte) b) && !isMark(b, i)) {
          return false;
        }
        continue;
      }
      boolean isList = !begun && b == '[';
      begun = true;
      if (nesting.opensList((byte) b) || isList || b == '\n') {
        return true;
      }
      if (nesting.isOutside()) {
        return false;
      }
    }
    return false;
  }

  /** Whether a byte can belong to the byte-order mark at the beginning of a file. */
  private static boolean isMark(int b, int position) {
    return position < 3 && b >= 0xBB;
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      int first = skipBlank();
      if (first == NONE) {
        refuseOpen();
        return false;
      }
      if (inList && first == ']') {
        closeList();
      } else if (inList && first == ',') {
        next = start + 1;
      } else if (!inList && first == '[') {
        inList = true;
        next = start + 1;
      } else if (value()) {
        return true;
      }
    }
  }

  /** Moves to the next byte that is not blank, and returns it. */
  private int skipBlank() throws IOException {
    do {
      start = next;
      if (start == limit && !fill()) {
        return NONE;
      }
      advance();
    } while (isBlank(buffer[start]));
    next = start;
    return buffer[start];
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private void refuseOpen() throws IOException {
    if (inList || inObject) {
      throw new IOException("the list or object around its last value does not end");
    }
  }

  /** Leaves a list. Skips what follows it in the object around it, up to another list. */
  private void closeList() throws IOException {
    next = start + 1;
    inList = false;
    if (inObject) {
      around.closeList();
      skipObject();
    }
  }

  private void skipObject() throws IOException {
    while (!around.isOutside()) {
      start = next;
      if (start == limit && !fill()) {
        return;
      }
      byte b = buffer[start];
      advance();
      if (around.opensList(b)) {
        inList = true;
        return;
      }
    }
    inObject = false;
  }

  /** Reads a value. Returns false if it turns out to be the object around a list. */
  private boolean value() throws IOException {
    number = Math.max(number + 1, line);
    JsonNesting nesting = new JsonNesting(inList ? Set.of() : lists);
    boolean isNested = buffer[start] == '{' || buffer[start] == '[';
    do {
      if (next == limit && !fill()) {
        return ended(isNested);
      }
      byte b = buffer[next];
      if (!isNested && next > start && nesting.isOutside() && isEnd(b)) {
        break;
      }
      advance();
      if (nesting.opensList(b)) {
        enter(nesting);
        return false;
      }
    } while (!isNested || !nesting.isOutside());
    end = next;
    return true;
  }

  private void advance() throws IOException {
    line += buffer[next] == '\n' ? 1 : 0;
    next++;
    if (next - start > bytesMax) {
      throw new JsonLines.Unfit(
          "the value that begins in line "
              + number
              + " is longer than "
              + bytesMax
              + " bytes"
              + RowReader.TOO_LONG_HINT);
    }
  }

  private static boolean isEnd(byte b) {
    return b == ',' || b == ']' || b == '}' || isBlank(b);
  }

  private void enter(JsonNesting nesting) {
    number--;
    around = nesting;
    inObject = true;
    inList = true;
  }

  private boolean ended(boolean isNested) throws IOException {
    if (isNested) {
      throw new IOException("its last value, which begins in line " + number + ", does not end");
    }
    end = next;
    return true;
  }

  @Override
  public boolean isLast() {
    return false;
  }

  @Override
  public boolean isCut() {
    return false;
  }

  /**
   * Returns the line on which the value begins. If several values begin on one line, the next
   * number counts, so that no two values have the same.
   */
  @Override
  public long number() {
    return number;
  }

  @Override
  public boolean tooLong() {
    return false;
  }
}
