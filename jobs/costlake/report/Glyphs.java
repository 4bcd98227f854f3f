package costlake.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
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

  /** Average width of a letter of a name, as a share of the size of the type. */
  private static final double LETTER = 0.48;

  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  private Glyphs() {}

  /**
   * Shortens a name to at most {@code most} characters, with an ellipsis in the middle, and further
   * where its letters are wider than on average: it stays on one line of its column.
   */
  static String fit(String name, int most) {
    String shown = SafeNames.shorten(name, most);
    for (int letters = most - 1; letters > 1 && width(shown) > most * LETTER; letters--) {
      shown = SafeNames.shorten(name, letters);
    }
    return shown;
  }

  /** Returns the width of a text as a multiple of the size of its type. */
  private static double width(String text) {
    return text.codePoints().mapToDouble(Glyphs::width).sum();
  }

  private static double width(int letter) {
    String text = Character.toString(letter);
    return FONTS.stream()
        .filter(font -> font.canDisplay(letter))
        .findFirst()
        .map(font -> font.getStringBounds(text, EXACT).getWidth())
        .orElse(1.0);
  }

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
