package costlake.night;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * What a printed statement says.
 *
 * @param web rows of the web page that are a line, by its id
 * @param paper text of the PDF
 * @param workbook values of the rows of the workbook that are a line, by its id
 */
record PrintedFiles(Map<String, String> web, String paper, Map<String, String> workbook) {
  private static final Pattern LINE =
      Pattern.compile("(?s)<tr[^>]* id=\"([^\"]+/[^\"]+)\".*?</tr>");

  /** Reads the web page, the PDF and the workbook of a statement. */
  static PrintedFiles of(List<Path> files) throws IOException {
    return new PrintedFiles(
        lines(Files.readString(files.get(0))), text(files.get(1)), rows(files.get(2)));
  }

  /** Returns whether the PDF names the line, by the last part of its id, e.g. {@code d-02}. */
  boolean onPaper(String id) {
    String line = Pattern.quote(id.substring(id.lastIndexOf('/') + 1));
    return Pattern.compile("(?<![\\w-])" + line + "(?![\\w-])").matcher(paper).find();
  }

  /** Returns the words and figures of a web page. */
  static String words(String html) {
    return html.replaceAll("(?s)<(style|script)>.*?</\\1>", " ")
        .replaceAll("<wbr\\s*/?>", "")
        .replaceAll("<[^>]*>", " ");
  }

  private static Map<String, String> lines(String html) {
    return LINE.matcher(html)
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> words(row.group()), (a, b) -> a));
  }

  private static String text(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static Map<String, String> rows(Path xlsx) throws IOException {
    Map<String, String> rows = new HashMap<>();
    try (InputStream in = Files.newInputStream(xlsx);
        XSSFWorkbook book = new XSSFWorkbook(in)) {
      for (int i = 0; i < book.getNumberOfSheets(); i++) {
        XSSFSheet sheet = book.getSheetAt(i);
        sheet.forEach(row -> add(row, rows));
      }
    }
    return rows;
  }

  private static void add(Row row, Map<String, String> rows) {
    DataFormatter format = new DataFormatter(Locale.US);
    List<String> cells =
        StreamSupport.stream(row.spliterator(), false).map(format::formatCellValue).toList();
    cells.stream()
        .filter(cell -> cell.matches("\\d{4}-\\d{2}/.+/.+/.+"))
        .forEach(id -> rows.put(id, String.join(" ", cells)));
  }
}
