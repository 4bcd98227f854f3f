package costlake.cli;

import costlake.core.PlainText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Writes text without the characters that could deceive a reader. */
final class SanitizingWriter extends FilterWriter {
  private SanitizingWriter(Writer out) {
    super(out);
  }

  /** Returns a sanitizing writer that flushes after each line. */
  static PrintWriter over(Writer out) {
    return new PrintWriter(new SanitizingWriter(out), true);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(PlainText.lines(new String(text, offset, length)));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(PlainText.lines(text.substring(offset, offset + length)));
  }
}
