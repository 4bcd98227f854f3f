package costlake.report;

import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;

/** The statement of one team's month, one part a currency: web page, PDF and workbook. */
public final class StatementDocument {
  private final Pages pages;
  private final PdfWriter writer;
  private final List<Statement> parts;
  private final List<TeamRows> sheets;
  private final StatementStatus issue;

  StatementDocument(
      Pages pages, PdfWriter writer, StatementContent content, StatementStatus issue) {
    this.pages = pages;
    this.writer = writer;
    this.parts = content.parts();
    this.sheets = content.sheets();
    this.issue = issue;
  }

  /** Whom it is for. */
  public String teamId() {
    return parts.get(0).head().teamId();
  }

  /** Its figures, one part a currency. */
  public List<Statement> parts() {
    return parts;
  }

  /** Whether it is preliminary or has a number. */
  public StatementStatus issue() {
    return issue;
  }

  /** The web page. */
  byte[] html() {
    return pages.web(parts, issue).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The PDF, with the rows behind it as CSV files inside; the same figures and text give the same
   * bytes.
   */
  public byte[] pdf() {
    return writer.pdf(pages.print(parts, issue), title(), day(), sheets);
  }

  /** The workbook: the rows behind the pages, a sheet a reporting table. */
  byte[] xlsx() {
    return XlsxWriter.xlsx(title(), sheets);
  }

  /** The web page as part of a site. */
  public String site(SiteParts siteParts) {
    return pages.site(parts, issue, siteParts);
  }

  /** Recipient and month of the statement. */
  public String title() {
    return pages.title(parts.get(0), issue);
  }

  /** The day after the month, used instead of the time of creation. */
  private LocalDate day() {
    return parts.get(0).head().month().plusMonths(1);
  }

  /**
   * SHA-256 of every figure and every word, in the order in which they are read, and of the rows
   * behind them.
   */
  public String contentHash() {
    String text =
        pages
            .web(parts, issue)
            .replaceAll("(?s)<style>.*?</style>", " ")
            .replaceAll("<[^>]*>", " ")
            .replaceAll("\\s+", " ")
            .strip();
    MessageDigest digest = Sha256.digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    sheets.forEach(teamRows -> digest.update(teamRows.csv()));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Writes all three below {@code <to>/<month>/<team>/}; a file is there whole or not at all.
   *
   * @return the files: {@code statement.html}, {@code .pdf} and {@code .xlsx}, with the number in
   *     the name of a final one
   * @throws Failure with exit code 2 if the folder cannot be written or is full
   */
  public List<Path> write(Path to) {
    String month = YearMonth.from(parts.get(0).head().month()).toString();
    Path folder = to.resolve(month).resolve(SafeNames.folder(teamId()));
    String name = "statement" + issue.suffix("-");
    return List.of(
        write(folder.resolve(name + ".html"), html()),
        write(folder.resolve(name + ".pdf"), pdf()),
        write(folder.resolve(name + ".xlsx"), xlsx()));
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      return AtomicFile.write(file, bytes);
    } catch (IOException e) {
      throw Failure.operator(
          e,
          """
          Cannot write the statement to %s (%s): check free space and permissions of the folder,
          then print it again; the lake still has all figures
          """,
          file,
          e);
    }
  }
}
