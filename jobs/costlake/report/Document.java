package costlake.report;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;

/** The statement of one team's month, one part a currency, as a web page and as a PDF. */
public final class Document {
  private final Pages pages;
  private final PdfWriter writer;
  private final List<Statement> parts;
  private final Issue issue;

  Document(Pages pages, PdfWriter writer, List<Statement> parts, Issue issue) {
    this.pages = pages;
    this.writer = writer;
    this.parts = List.copyOf(parts);
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
  public Issue issue() {
    return issue;
  }

  /** The web page. */
  byte[] html() {
    return pages.web(parts, issue).getBytes(StandardCharsets.UTF_8);
  }

  /** The PDF; the same figures and text give the same bytes. */
  public byte[] pdf() {
    LocalDate day = parts.get(0).head().month().plusMonths(1);
    return writer.pdf(pages.print(parts, issue), pages.title(parts.get(0), issue), day);
  }

  /** SHA-256 of every figure and every word, in the order in which they are read. */
  public String contentHash() {
    String text =
        pages
            .web(parts, issue)
            .replaceAll("(?s)<style>.*?</style>", " ")
            .replaceAll("<[^>]*>", " ")
            .replaceAll("\\s+", " ")
            .strip();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes both below {@code <to>/<month>/<team>/}; a file is there whole or not at all.
   *
   * @return the files: {@code statement.html} and {@code .pdf}, with the number in the name of a
   *     final one
   * @throws Failure of the operator's family when the folder cannot be written or is full
   */
  public List<Path> write(Path to) {
    String month = YearMonth.from(parts.get(0).head().month()).toString();
    Path folder = to.resolve(month).resolve(Names.folder(teamId()));
    String name = "statement" + issue.suffix("-");
    return List.of(
        write(folder.resolve(name + ".html"), html()), write(folder.resolve(name + ".pdf"), pdf()));
  }

  private static Path write(Path file, byte[] bytes) {
    Path aside = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      try {
        Files.write(aside, bytes);
        Files.move(
            aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(aside);
      }
      return file;
    } catch (IOException e) {
      throw Failure.operator(
          "Cannot write the statement to "
              + file
              + " ("
              + e
              + "): check space and rights of the folder, then print it again; figures are safe in"
              + " the lake",
          e);
    }
  }
}
