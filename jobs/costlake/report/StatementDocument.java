package costlake.report;

import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;

/**
 * The statement of one recipient and month, with a part for each currency. Renders it as web page,
 * PDF and workbook.
 */
public final class StatementDocument {
  private final Pages pages;
  private final PdfWriter writer;
  private final List<Statement> parts;
  private final List<Sheet> sheets;
  private final StatementStatus issue;

  StatementDocument(
      Pages pages, PdfWriter writer, StatementContent content, StatementStatus issue) {
    this.pages = pages;
    this.writer = writer;
    this.parts = content.parts();
    this.sheets = content.sheets();
    this.issue = issue;
  }

  /** Returns the id of the receiver. */
  public String receiverId() {
    return parts.get(0).head().receiver().id();
  }

  /** Returns the figures, one part for each currency. */
  public List<Statement> parts() {
    return parts;
  }

  /** Returns the status: preliminary, or final with a number. */
  public StatementStatus issue() {
    return issue;
  }

  /** Renders the web page. */
  byte[] html() {
    return pages.web(parts, issue).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Renders the PDF. It contains the rows of the reporting tables as CSV files. The same figures
   * and text always give the same bytes.
   */
  public byte[] pdf() {
    return writer.pdf(pages.print(parts, issue), title(), day(), sheets, issue.edition());
  }

  /**
   * Writes the workbook: a summary for each currency, and the rows of the reporting tables, one
   * sheet for each table.
   */
  byte[] xlsx() {
    return XlsxWriter.xlsx(
        title(),
        parts.stream().map(part -> SummarySheet.of(parts, part, issue, pages.titles())).toList(),
        sheets,
        pages.titles().words());
  }

  /** Renders the web page as part of a site. */
  public String site(SiteParts siteParts) {
    return pages.site(parts, issue, siteParts);
  }

  /** Renders the dashboard of the receiver as part of a site. */
  public String dashboard(SiteParts siteParts, Guardrails guardrails) {
    return pages.dashboard(parts, issue, siteParts, guardrails);
  }

  /** Returns the title: recipient, number and month. */
  public String title() {
    return pages.titles().title(parts.get(0), issue);
  }

  /** Returns the first day after the month, which the PDF states as its time of creation. */
  private LocalDate day() {
    return parts.get(0).head().month().plusMonths(1);
  }

  /**
   * Returns the SHA-256 of all words and figures, in reading order, and of the rows of the
   * reporting tables. Leaves out the summary of a folded table, which only repeats figures of the
   * table.
   */
  public String contentHash() {
    String text =
        pages
            .web(parts, issue)
            .replaceAll("(?s)<style>.*?</style>|<summary>.*?</summary>", " ")
            .replaceAll("<[^>]*>", " ")
            .replaceAll("\\s+", " ")
            .strip();
    MessageDigest digest = Sha256.digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    sheets.forEach(sheet -> digest.update(sheet.csv()));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Writes web page, PDF and workbook below {@code <to>/<month>/<receiver>/}. Each file is written
   * completely or not at all.
   *
   * @return the files {@code statement.html}, {@code statement.pdf} and {@code statement.xlsx}; the
   *     file names of a final statement contain its number, e.g. {@code statement-1.pdf}
   * @throws Failure with exit code 2 if the folder cannot be written or is full
   */
  public List<Path> write(Path to) {
    String month = YearMonth.from(parts.get(0).head().month()).toString();
    Path folder = to.resolve(month).resolve(SafeNames.folder(receiverId()));
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
          FileErrors.why(e));
    }
  }
}
