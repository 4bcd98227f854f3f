package costlake.close;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.IssuedStatement;
import costlake.decide.Decision;
import costlake.lake.Lake;
import costlake.report.StatementDocument;
import costlake.report.StatementStatus;
import costlake.report.Statements;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints again the statements that a close issued, from the tables that the close froze. */
public final class IssuedStatements {
  static final String NAMESPACE = "reporting";
  private static final String VERSION = "reporting.schema_version";
  static final String LOCALE = "statement.locale";
  private static final String CONTENT = "statement.content.";
  private static final String EDITION = "statement.edition";

  /** Edition of the pages of closes that record none, because there was only one. */
  private static final String FIRST_EDITION = "1";

  private IssuedStatements() {}

  /** Whether statements print a table. The version of the tables has no rows of a month. */
  public static boolean is(String table) {
    return table.startsWith(NAMESPACE + ".") && !table.equals(VERSION);
  }

  static StatementStatus issue(long publication, int number, Instant at) {
    return StatementStatus.numbered(publication, number, at.atZone(ZoneOffset.UTC).toLocalDate());
  }

  /** Returns the status with which a close issued a statement, in the edition of the close. */
  private static StatementStatus reissue(Decision<MonthChange> close, int number) {
    MonthChange month = close.content();
    String edition = month.facts().getOrDefault(EDITION, FIRST_EDITION);
    return issue(month.publication(), number, close.at()).inEdition(Integer.parseInt(edition));
  }

  /** Returns the edition of the pages in which a close of today issues statements. */
  static Map<String, String> edition() {
    return Map.of(EDITION, String.valueOf(StatementStatus.EDITION));
  }

  /**
   * Returns the document that contains an issued statement.
   *
   * @param id e.g. {@code 2026-09/search/USD/1}
   * @throws Failure with exit code 2 if no close issued this statement
   */
  public static StatementDocument of(Lake lake, String id) {
    Decision<MonthChange> close =
        CloseJournal.of(lake.decided())
            .issuing(id)
            .orElseThrow(
                () ->
                    Failure.operator(
                        """
                        Cannot find statement '%s': no close issued it. List the issued statements:
                        costlake sql "select statement_id from ops.statements"
                        """,
                        id));
    String team =
        close.content().statements().stream()
            .filter(s -> s.id().equals(id))
            .map(IssuedStatement::teamId)
            .findFirst()
            .orElseThrow();
    return of(lake, close, Optional.of(team)).get(0);
  }

  /**
   * Returns the documents that a close issued, in the order of teams.
   *
   * @param team one team; empty means all
   * @throws Failure with exit code 3 if the content of a document differs from the issued document
   */
  public static List<StatementDocument> of(
      Lake lake, Decision<MonthChange> close, Optional<String> team) {
    MonthChange month = close.content();
    List<StatementDocument> documents =
        new Statements(locales(month))
            .of(
                new FrozenTables(CloseJournal.of(lake.decided()), month)::ofTeams,
                month.period().month(),
                team,
                one -> reissue(close, issued(month, one).number()));
    for (StatementDocument document : documents) {
      IssuedStatement issued = issued(month, document.receiverId());
      verify(document, issued.id(), issued.contentHash());
    }
    return documents;
  }

  /**
   * Returns the documents of cost centres and the company, from the tables that a close froze. They
   * have the number of the close, because only statements of teams have their own numbers.
   *
   * @throws Failure with exit code 3 if the content of a document differs from its content at the
   *     close
   */
  public static List<StatementDocument> groups(Lake lake, Decision<MonthChange> close) {
    MonthChange month = close.content();
    List<StatementDocument> documents =
        new Statements(locales(month))
            .groups(
                new FrozenTables(CloseJournal.of(lake.decided()), month)::ofGroups,
                month.period().month(),
                reissue(close, month.closeNumber()));
    for (StatementDocument document : documents) {
      String id = document.receiverId();
      verify(document, "of " + id + ", " + month.period(), month.facts().get(CONTENT + id));
    }
    return documents;
  }

  /**
   * Returns the hashes of the statements of cost centres and the company, by id, as a close records
   * them.
   */
  static Map<String, String> contents(List<StatementDocument> groups) {
    return groups.stream()
        .collect(
            Collectors.toMap(
                document -> CONTENT + document.receiverId(), StatementDocument::contentHash));
  }

  /**
   * Returns the languages of statements as a close records them: the language of the configuration,
   * and the language of each receiver that has its own.
   */
  static Map<String, String> languages(Config config) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(LOCALE, config.statement().locale());
    config.owners().receivers().stream()
        .filter(receiver -> receiver.language() != null)
        .forEach(receiver -> facts.put(LOCALE + "." + receiver.id(), receiver.language()));
    return facts;
  }

  private static Function<String, Locale> locales(MonthChange month) {
    return receiver ->
        Locale.forLanguageTag(
            month.facts().getOrDefault(LOCALE + "." + receiver, month.facts().get(LOCALE)));
  }

  private static void verify(
      StatementDocument document, String statement, @Nullable String issued) {
    String hash = document.contentHash();
    if (!hash.equals(issued)) {
      throw Failure.data(
          """
          Cannot print statement %s again: the hash of its content is now %s, and was %s when it was
          issued. Its figures are frozen, so the pages are worded differently. Print it with the
          version of Costlake that issued it, and with the pages that reports/pages of the
          configuration had then
          """,
          statement, hash, issued);
    }
  }

  private static IssuedStatement issued(MonthChange month, String team) {
    return month.statements().stream()
        .filter(s -> s.teamId().equals(team))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.internal(
                    "Close %d of %s froze a statement of '%s' that it did not issue",
                    month.closeNumber(), month.period(), team));
  }
}
