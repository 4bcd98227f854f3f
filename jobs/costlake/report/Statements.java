package costlake.report;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Creates the statements of a month from the reporting tables. */
public final class Statements {
  private final StatementPages statementPages;
  private final Function<String, Locale> locales;
  private final Map<Locale, Pages> pages = new HashMap<>();
  private final PdfWriter writer = new PdfWriter();

  /** Prints all statements in the language and number format of one locale. */
  public Statements(Locale locale) {
    this(receiver -> locale);
  }

  /**
   * Prints each statement in the language and number format of its recipient.
   *
   * @param locales returns the locale of a team, a cost centre or the company by id
   */
  public Statements(Function<String, Locale> locales) {
    this(StatementPages.embedded(), locales);
  }

  Statements(StatementPages pages, Function<String, Locale> locales) {
    this.statementPages = pages;
    this.locales = locales;
  }

  /**
   * Returns the statements of a month, sorted by team.
   *
   * @param tables the reporting tables by name, e.g. {@code statement_lines}
   * @param team the team; empty for all teams that have a statement
   * @param issues returns the status of the statement of a team
   * @throws Failure with exit code 2 if there is no statement
   */
  public List<StatementDocument> of(
      Function<String, Dataset<Row>> tables,
      YearMonth month,
      Optional<String> team,
      Function<String, StatementStatus> issues) {
    ReportingTables reporting = new ReportingTables(statementPages, tables);
    Map<String, StatementContent> all = reporting.content(month, team);
    if (all.isEmpty()) {
      throw none(month, team, reporting);
    }
    return all.entrySet().stream()
        .map(entry -> document(entry.getValue(), issues.apply(entry.getKey())))
        .toList();
  }

  private static Failure none(YearMonth month, Optional<String> team, ReportingTables reporting) {
    List<String> teams = reporting.teams(month);
    return team.isPresent() && !teams.isEmpty()
        ? Failure.operator(
            "Team '%s' has no statement of %s.%s Teams that have one: %s",
            team.get(), month, Nearest.hint(team.get(), teams), String.join(", ", teams))
        : none(month, reporting.months());
  }

  private static Failure none(YearMonth month, List<String> months) {
    String first = "run `costlake night --period " + month + "` first";
    return months.isEmpty()
        ? Failure.operator("No statement of %s: %s", month, first)
        : Failure.operator(
            "No statement of %s. Months that have one: %s. If bills of %s were delivered, %s",
            month, String.join(", ", months), month, first);
  }

  /**
   * Returns the statements of cost centres and of the company. They show the figures of all their
   * teams.
   *
   * @param tables the reporting tables by name
   */
  public List<StatementDocument> groups(
      Function<String, Dataset<Row>> tables, YearMonth month, StatementStatus issue) {
    return new ReportingTables(statementPages, tables)
        .groups(month).values().stream().map(content -> document(content, issue)).toList();
  }

  /** Creates the document of one recipient. */
  StatementDocument document(StatementContent content, StatementStatus issue) {
    Locale locale = locales.apply(content.parts().get(0).head().receiver().id());
    Pages own = pages.computeIfAbsent(locale, l -> new Pages(statementPages, l));
    return new StatementDocument(own, writer, content, issue);
  }
}
