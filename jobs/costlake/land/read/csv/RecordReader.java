package costlake.land.read.csv;

import costlake.land.read.rows.TextBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of separated fields from bytes. By default, fields are separated by commas and may
 * be in double quotes; two quotes inside quotes mean one. Lines end with LF, CR-LF or CR; line ends
 * inside quotes are kept. Blank lines and a byte-order mark are skipped.
 *
 * <p>If a record has text after a closing quote, a quote that is never closed, or more bytes than
 * the limit, {@link #problem()} says so. Then only its first physical line is the record, and
 * reading continues at the next line, so that one wrong quote loses one line. A quote inside an
 * unquoted field is text.
 */
public final class RecordReader extends TextBuffer {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final byte QUOTED = 1;
  private static final byte ESCAPED = 2;

  private enum Scan {
    WHOLE,
    MORE,
    TEXT_AFTER_QUOTE,
    UNCLOSED
  }

  private final int recordBytesMax;
  private final byte separator;
  private final boolean quotes;
  private long line = 1;
  private long lineOfNext = 1;
  private int lineEnds;
  private @Nullable String problem;
  private boolean tooLong;

  private int fields;
  private int[] starts = new int[128];
  private int[] ends = new int[128];
  private byte[] flags = new byte[128];

  public RecordReader(InputStream in, int recordBytesMax) throws IOException {
    this(in, recordBytesMax, Separation.COMMAS);
  }

  public RecordReader(InputStream in, int recordBytesMax, Separation separation)
      throws IOException {
    super(in, BUFFER_BYTES);
    this.recordBytesMax = recordBytesMax;
    this.separator = separation.separator();
    this.quotes = separation.quotes();
  }

  /** Moves to the next record. Returns false at the end of the file. */
  public boolean next() throws IOException {
    problem = null;
    tooLong = false;
    if (!passBlankLines()) {
      return false;
    }
    start = next;
    line = lineOfNext;
    while (true) {
      Scan scan = scan();
      switch (scan) {
        case WHOLE -> {
          if (end - start > recordBytesMax) {
            return tooLong();
          }
          lineOfNext = line + lineEnds;
          return true;
        }
        case TEXT_AFTER_QUOTE -> {
          return firstLineOnly("text after a closing quote");
        }
        case UNCLOSED -> {
          return firstLineOnly("a quote that is never closed");
        }
        case MORE -> {
          if (limit - start > recordBytesMax) {
            return tooLong();
          }
          fill();
        }
      }
    }
  }

  private boolean passBlankLines() throws IOException {
    while (true) {
      if (next == limit) {
        start = next;
        if (!fill()) {
          return false;
        }
        continue;
      }
      byte b = buffer[next];
      if (b == '\n') {
        next++;
        lineOfNext++;
      } else if (b == '\r') {
        if (next + 1 == limit && !ended) {
          start = next;
          fill();
          continue;
        }
        next += next + 1 < limit && buffer[next + 1] == '\n' ? 2 : 1;
        lineOfNext++;
      } else {
        return true;
      }
    }
  }

  private Scan scan() {
    byte[] b = buffer;
    byte mark = separator;
    int stop = limit;
    int i = start;
    fields = 0;
    lineEnds = 0;
    while (true) {
      if (quotes && i < stop && b[i] == '"') {
        Scan quoted = scanQuoted(i + 1);
        if (quoted != Scan.WHOLE) {
          return quoted;
        }
        i = ends[fields - 1] + 1;
      } else {
        int from = i;
        while (i < stop && b[i] != mark && b[i] != '\n' && b[i] != '\r') {
          i++;
        }
        if (i == stop && !ended) {
          return Scan.MORE;
        }
        add(from, i, (byte) 0);
      }
      if (i < stop && b[i] == mark) {
        i++;
        continue;
      }
      return lineEnd(i);
    }
  }

  private Scan scanQuoted(int from) {
    byte[] b = buffer;
    int stop = limit;
    int i = from;
    byte flag = QUOTED;
    while (true) {
      while (i < stop && b[i] != '"') {
        if (b[i] == '\n' || (b[i] == '\r' && (i + 1 >= stop || b[i + 1] != '\n'))) {
          lineEnds++;
        }
        i++;
      }
      if (i == stop) {
        return ended ? Scan.UNCLOSED : Scan.MORE;
      }
      if (i + 1 == stop && !ended) {
        return Scan.MORE;
      }
      if (i + 1 < stop && b[i + 1] == '"') {
        flag = QUOTED | ESCAPED;
        i += 2;
        continue;
      }
      add(from, i, flag);
      return i + 1 == stop || b[i + 1] == separator || b[i + 1] == '\n' || b[i + 1] == '\r'
          ? Scan.WHOLE
          : Scan.TEXT_AFTER_QUOTE;
    }
  }

  private Scan lineEnd(int i) {
    end = i;
    if (i < limit && buffer[i] == '\r') {
      if (i + 1 == limit && !ended) {
        return Scan.MORE;
      }
      i++;
      if (i < limit && buffer[i] == '\n') {
        i++;
      }
    } else if (i < limit) {
      i++;
    } else if (!ended) {
      return Scan.MORE;
    }
    lineEnds++;
    next = i;
    return Scan.WHOLE;
  }

  private boolean tooLong() throws IOException {
    tooLong = true;
    return firstLineOnly("a record longer than " + recordBytesMax + " bytes");
  }

  private boolean firstLineOnly(String what) throws IOException {
    problem = what;
    fields = 0;
    int i = start;
    while (true) {
      while (i < limit && buffer[i] != '\n' && buffer[i] != '\r') {
        i++;
      }
      if (i < limit - 1 || ended) {
        break;
      }
      if (i - start > recordBytesMax) {
        start = i;
      }
      int done = i - start;
      fill();
      i = start + done;
    }
    lineEnds = 0;
    lineEnd(i);
    lineOfNext = line + lineEnds;
    return true;
  }

  private void add(int from, int to, byte flag) {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      flags = Arrays.copyOf(flags, fields * 2);
    }
    starts[fields] = from;
    ends[fields] = to;
    flags[fields] = flag;
    fields++;
  }

  /** Joins a field with the fields after it, and with the separators between them. */
  void join(int field, int more) {
    ends[field] = ends[field + more];
    int after = field + more + 1;
    System.arraycopy(starts, after, starts, field + 1, fields - after);
    System.arraycopy(ends, after, ends, field + 1, fields - after);
    System.arraycopy(flags, after, flags, field + 1, fields - after);
    fields -= more;
  }

  /** Returns the physical line on which the record starts; the header is line 1. */
  public long line() {
    return line;
  }

  /** Returns the reason why the record cannot be read, or null. */
  public @Nullable String problem() {
    return problem;
  }

  /** Whether the problem is the length of the record. */
  boolean isTooLong() {
    return tooLong;
  }

  public int fields() {
    return fields;
  }

  int fieldStart(int field) {
    return starts[field];
  }

  int fieldEnd(int field) {
    return ends[field];
  }

  boolean quoted(int field) {
    return (flags[field] & QUOTED) != 0;
  }

  /** Whether the field contains a doubled quote, which means one quote. */
  boolean escaped(int field) {
    return (flags[field] & ESCAPED) != 0;
  }

  /** Returns a field as text. */
  public String text(int field) {
    String raw =
        new String(buffer, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
    return escaped(field) ? raw.replace("\"\"", "\"") : raw;
  }
}
