package costlake.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Characters that the fonts of print can show. A character without a glyph is printed as a box. */
final class Glyphs {
  private static final int BOX = '□';
  private static final List<Font> FONTS =
      List.of(font(PdfWriter.SANS + "Regular.ttf"), font(PdfWriter.DEJAVU + ".ttf"));

  private Glyphs() {}

  /** Whether all of a text can be shown. */
  static boolean cover(String text) {
    return text.codePoints().allMatch(Glyphs::isShown);
  }

  /** The text with a box in place of each character that cannot be shown. */
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
