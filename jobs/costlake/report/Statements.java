package costlake.report;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Writes the statements of a month: a web page and a PDF a team. */
public final class Statements {
  private final Pages pages;
  private final PdfWriter writer = new PdfWriter();

  /** Statements in the language and number format of a locale. */
  public Statements(Locale locale) {
    this.pages = new Pages(locale);
  }

  /**
   * Prints what the reporting tables say about a month, below {@code <to>/<month>/<team>/}.
   *
   * @param team the one team, or all that have a statement
   * @return the files written, in the order of teams
   */
  public static List<Path> render(
      SparkSession spark, YearMonth month, Optional<String> team, Path to, Locale locale) {
    Map<String, List<Statement>> all = new ReportingTables(spark).statements(month, team);
    if (all.isEmpty()) {
      throw Failure.operator(
          "No statement of %s%s: run `costlake night --period %s` first"
              .formatted(month, team.map(t -> " for team '" + t + "'").orElse(""), month));
    }
    Statements statements = new Statements(locale);
    List<Path> files = new ArrayList<>();
    all.values().forEach(s -> files.addAll(statements.write(s, to)));
    return files;
  }

  /** Writes the statements of one team's month, one part a currency. */
  List<Path> write(List<Statement> statements, Path to) {
    Statement.Head head = statements.get(0).head();
    Path folder =
        to.resolve(YearMonth.from(head.month()).toString()).resolve(Names.folder(head.teamId()));
    Path html = folder.resolve("statement.html");
    Path pdf = folder.resolve("statement.pdf");
    try {
      Files.createDirectories(folder);
      Files.write(html, html(statements));
      Files.write(pdf, pdf(statements));
    } catch (IOException e) {
      throw Failure.operator(
          "Cannot write the statement to " + folder + ": check space and rights of the folder", e);
    }
    return List.of(html, pdf);
  }

  /** The web page. */
  byte[] html(List<Statement> statements) {
    return pages.html(statements, false).getBytes(StandardCharsets.UTF_8);
  }

  /** The PDF. */
  byte[] pdf(List<Statement> statements) {
    Statement first = statements.get(0);
    LocalDate day = first.head().month().plusMonths(1);
    return writer.pdf(pages.html(statements, true), pages.title(first), day);
  }

  /** Teams of statements in order, each with its currencies in order. */
  static Map<String, List<Statement>> byTeam(List<Statement> statements) {
    Map<String, List<Statement>> teams = new TreeMap<>();
    statements.forEach(
        s -> teams.computeIfAbsent(s.head().teamId(), t -> new ArrayList<>()).add(s));
    return teams;
  }
}
