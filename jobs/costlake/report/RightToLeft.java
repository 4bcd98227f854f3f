package costlake.report;

import com.ibm.icu.text.ArabicShaping;
import com.ibm.icu.text.ArabicShapingException;
import com.ibm.icu.text.Bidi;
import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;

/**
 * Prints names in scripts that are read from right to left, e.g. Hebrew and Arabic, as they are
 * read.
 */
final class RightToLeft {
  private static final ArabicShaping JOINED = new ArabicShaping(ArabicShaping.LETTERS_SHAPE);

  private RightToLeft() {}

  /** Lets the renderer order such text, if there is any. Edition 1 did not. */
  static void order(PdfRendererBuilder builder, String html, int edition) {
    if (edition > 1 && Bidi.requiresBidi(html.toCharArray(), 0, html.length())) {
      builder.useUnicodeBidiSplitter(Runs::new);
      builder.useUnicodeBidiReorderer(new Order());
    }
  }

  /** The parts of a text that are read in one direction. Pages are read from left to right. */
  private static final class Runs implements BidiSplitter {
    private final Bidi bidi = new Bidi();

    @Override
    public void setParagraph(String text, byte direction) {
      bidi.setPara(text, direction == RTL ? Bidi.RTL : Bidi.LTR, null);
    }

    @Override
    public int countTextRuns() {
      return bidi.countRuns();
    }

    @Override
    public BidiTextRun getVisualRun(int place) {
      var run = bidi.getVisualRun(place);
      return new BidiTextRun(
          run.getStart(), run.getLength(), run.getDirection() == Bidi.RTL ? RTL : LTR);
    }

    @Override
    public byte getBaseDirection(String text) {
      return LTR;
    }
  }

  /** Joins Arabic letters, and turns text around. */
  private static final class Order implements BidiReorderer {
    @Override
    public String reorderRTLTextToLTR(String text) {
      return Bidi.writeReverse(text, Bidi.KEEP_BASE_COMBINING | Bidi.DO_MIRRORING);
    }

    @Override
    public String shapeText(String text) {
      try {
        return JOINED.shape(text);
      } catch (ArabicShapingException e) {
        throw new IllegalArgumentException("Cannot join the letters of " + text, e);
      }
    }

    @Override
    public String deshapeText(String text) {
      return text;
    }

    @Override
    public boolean isLiveImplementation() {
      return true;
    }
  }
}
