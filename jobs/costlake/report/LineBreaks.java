package costlake.report;

import com.openhtmltopdf.extend.FSTextBreaker;
import com.openhtmltopdf.layout.UrlAwareLineBreakIterator;
import java.text.BreakIterator;
import java.util.Locale;

/** Finds where a line may end: between words and before slashes, but not within a number. */
final class LineBreaks implements FSTextBreaker {
  private static final String GROUPING = ".,";

  private final FSTextBreaker breaks =
      new UrlAwareLineBreakIterator(BreakIterator.getLineInstance(Locale.US));
  private String text = "";

  @Override
  public void setText(String newText) {
    text = newText;
    breaks.setText(newText);
  }

  @Override
  public int next() {
    int end = breaks.next();
    while (isInNumber(end)) {
      end = breaks.next();
    }
    return end;
  }

  private boolean isInNumber(int end) {
    return end > 1
        && end < text.length()
        && GROUPING.indexOf(text.charAt(end - 1)) >= 0
        && Character.isDigit(text.charAt(end - 2))
        && Character.isDigit(text.charAt(end));
  }
}
