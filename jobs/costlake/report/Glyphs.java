package costlake.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Finds out which characters the fonts of the PDF can show, and replaces other characters with a
 * box.
 */
final class Glyphs {
  private static final int BOX = '□';
  private static final List<Font> FONTS =
      List.of(font(PdfWriter.SANS + "Regular.ttf"), font(PdfWriter.DEJAVU + ".ttf"));

  private Glyphs() {}

  /** Whether the fonts can show every character of the text. */
  static boolean cover(String text) {
    return text.codePoints().allMatch(Glyphs::isShown);
  }

  /** Replaces each character that the fonts cannot show with a box. */
  static String boxed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(c -> isShown(c) ? c : BOX).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isShown(int c) {
    return Character.isWhitespace(c) || FONTS.stream().anyMatch(f -> f.canDisplay(c));
  }

  private static Font font(String resource) {
    try (InputStream in = PdfWriter.open(resource)) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("Cannot read the font " + resource, e);
    }
  }
}
