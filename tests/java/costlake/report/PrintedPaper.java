package costlake.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** What a PDF says, and where its letters are: read from its bytes, without the tables. */
public final class PrintedPaper {
  private static final double POINTS_PER_MM = 72 / 25.4;
  private static final String ID = "(?<!\\S)([a-z]{1,2}-\\d{2,4})$";

  private final String money;
  private final List<String> sheets;
  private final List<Letter> letters;

  private PrintedPaper(String money, List<String> sheets, List<Letter> letters) {
    this.money = money;
    this.sheets = sheets;
    this.letters = letters;
  }

  /**
   * A row that has an id.
   *
   * @param ref last part of its id
   * @param money the first figure of the row that has two decimals
   */
  public record Line(String ref, BigDecimal money) {
    /** Returns whether the line is one of those with these first letters of their ids. */
    public boolean isOf(String letter) {
      return ref.startsWith(letter + "-");
    }
  }

  /**
   * A letter on a sheet, in mm from the left and the upper edge.
   *
   * @param sheet from 1
   * @param size size of its type
   */
  record Letter(int sheet, String text, double left, double right, double base, double size) {
    /** Whether another letter is printed over it. */
    boolean isUnder(Letter other) {
      double shared = Math.min(right, other.right) - Math.max(left, other.left);
      return shared > 0.4 * Math.min(right - left, other.right - other.left)
          && Math.abs(base - other.base) < 0.4 * Math.min(size, other.size);
    }
  }

  /**
   * Reads a PDF.
   *
   * @param locale how its figures are written
   */
  public static PrintedPaper of(byte[] pdf, Locale locale) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      List<String> sheets = new ArrayList<>();
      List<Letter> letters = new ArrayList<>();
      for (int sheet = 1; sheet <= document.getNumberOfPages(); sheet++) {
        sheets.add(new Reader(sheet, letters).getText(document));
      }
      return new PrintedPaper(money(locale), sheets, letters);
    }
  }

  private static String money(Locale locale) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
    return "(?<![\\d.,])([+−]?\\d{1,3}(?:\\%c\\d{3})*\\%c\\d{2})(?![\\d.,]*\\d)"
        .formatted(symbols.getGroupingSeparator(), symbols.getDecimalSeparator());
  }

  /** Returns the text of each sheet, with its head and its foot. */
  public List<String> sheets() {
    return sheets;
  }

  /** Returns the text of all sheets, with one space for every line end. */
  public String text() {
    return String.join(" ", sheets).replaceAll("[ \n]+", " ");
  }

  /** Returns the totals of the statement, one for each currency, with the currency before them. */
  public List<String> totals() {
    return Pattern.compile("(?m)^([A-Z]{3}) " + money + "$")
        .matcher(String.join("\n", sheets))
        .results()
        .map(found -> found.group(1) + " " + amount(found.group(2)))
        .toList();
  }

  /** Returns the rows that have an id and money, from the first sheet to the last. */
  public List<Line> lines() {
    return sheets.stream()
        .flatMap(sheet -> sheet.lines())
        .flatMap(row -> line(row).stream())
        .toList();
  }

  private List<Line> line(String row) {
    return Pattern.compile(money + ".*" + ID)
        .matcher(row)
        .results()
        .map(found -> new Line(found.group(2), amount(found.group(1))))
        .toList();
  }

  private static BigDecimal amount(String printed) {
    String cents = printed.replace('−', '-').replaceAll("[^-\\d]", "");
    return new BigDecimal(cents).movePointLeft(2);
  }

  /** Returns the sheets that have a row with such an id, from 1, once for each row. */
  List<Integer> sheetsOf(String letter) {
    List<Integer> found = new ArrayList<>();
    for (int sheet = 1; sheet <= sheets.size(); sheet++) {
      long rows =
          sheets
              .get(sheet - 1)
              .lines()
              .filter(row -> row.matches("(.* )?" + letter + "-\\d+"))
              .count();
      for (long row = 0; row < rows; row++) {
        found.add(sheet);
      }
    }
    return found;
  }

  /** Returns those of some letters that are printed, in the order in which the PDF has them. */
  List<Letter> letters(String some) {
    return letters.stream().filter(letter -> some.contains(letter.text)).toList();
  }

  /** Returns the letters that are not between the margins of 15 mm of an A4 sheet. */
  List<Letter> outside() {
    return letters.stream()
        .filter(
            letter ->
                letter.left < 14.8
                    || letter.right > 195.2
                    || letter.base - letter.size < 8
                    || letter.base > 292)
        .toList();
  }

  /** Returns pairs of letters of which one is printed over the other. */
  List<String> overprinted() {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < letters.size(); i++) {
      for (int j = i + 1; j < letters.size() && letters.get(j).sheet == letters.get(i).sheet; j++) {
        if (letters.get(i).isUnder(letters.get(j))) {
          pairs.add(letters.get(i) + " " + letters.get(j));
        }
      }
    }
    return pairs;
  }

  private static final class Reader extends PDFTextStripper {
    private final int sheet;
    private final List<Letter> letters;

    Reader(int sheet, List<Letter> letters) {
      this.sheet = sheet;
      this.letters = letters;
      setStartPage(sheet);
      setEndPage(sheet);
    }

    @Override
    protected void processTextPosition(TextPosition text) {
      super.processTextPosition(text);
      if (!text.getUnicode().isBlank() && text.getWidthDirAdj() > 0) {
        letters.add(letter(text));
      }
    }

    private Letter letter(TextPosition text) {
      double left = text.getXDirAdj() / POINTS_PER_MM;
      return new Letter(
          sheet,
          text.getUnicode(),
          left,
          left + text.getWidthDirAdj() / POINTS_PER_MM,
          text.getYDirAdj() / POINTS_PER_MM,
          text.getFontSizeInPt() / POINTS_PER_MM);
    }
  }
}
