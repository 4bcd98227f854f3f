package costlake.site;

import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Sha256;
import costlake.explain.ExplanationStep;
import costlake.report.Guardrails;
import costlake.report.ReportTemplates;
import costlake.report.SafeNames;
import costlake.report.SiteParts;
import costlake.report.Statement;
import costlake.report.StatementDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes a month as static pages: an overview, and a folder for each team, each cost centre and the
 * company, each with a dashboard. A team's folder needs no other folder and shows no figures of
 * another team. Pages load nothing: they contain all they need, and their content security policy
 * forbids to load more.
 */
public final class Site {
  private static final String INDEX = "index.html";
  private static final String EXPLAINED = "explain.html";
  private static final String DASHBOARD = "dashboard.html";
  private static final String SCRIPT = "reports/site/site.js";

  /**
   * Number of statements that are explained together. The queries take as long for many statements
   * as for one statement, but need memory for each statement.
   */
  private static final int EXPLAINED_AT_A_TIME = 20;

  private final ReportTemplates templates;
  private final SiteParts siteParts;
  private final Guardrails guardrails;
  private final Path folder;
  private final List<Path> written = new ArrayList<>();

  private Site(Locale locale, Guardrails guardrails, Path folder) {
    this.templates = new ReportTemplates(locale);
    this.guardrails = guardrails;
    this.folder = folder;
    String script = script();
    this.siteParts = new SiteParts(policy(script), script, null, null);
  }

  /**
   * Writes the pages of a month below {@code <to>/<month>/}.
   *
   * @param teams statements of one month
   * @param groups statements of cost centres and the company, which has one in each currency; empty
   *     when the site is for one team
   * @param explained returns the origin of each line of some documents: by recipient, then by line
   *     id
   * @param guardrails what the dashboards of all recipients show of guardrails
   * @return the files
   * @throws Failure with exit code 2 if the folder cannot be written
   */
  public static List<Path> write(
      Locale locale,
      List<StatementDocument> teams,
      List<StatementDocument> groups,
      Function<List<StatementDocument>, Map<String, Map<String, ExplanationStep>>> explained,
      Guardrails guardrails,
      Path to) {
    LocalDate month = head(teams.get(0)).month();
    Site site = new Site(locale, guardrails, to.resolve(month.toString().substring(0, 7)));
    List<StatementDocument> all = Stream.concat(teams.stream(), groups.stream()).toList();
    for (int first = 0; first < all.size(); first += EXPLAINED_AT_A_TIME) {
      List<StatementDocument> some =
          all.subList(first, Math.min(first + EXPLAINED_AT_A_TIME, all.size()));
      Map<String, Map<String, ExplanationStep>> trees = explained.apply(some);
      some.forEach(
          document ->
              site.statement(document, trees.getOrDefault(document.receiverId(), Map.of())));
    }
    if (!groups.isEmpty()) {
      site.overview(teams, groups);
    }
    return site.written;
  }

  private static Statement.Head head(StatementDocument document) {
    return document.parts().get(0).head();
  }

  private static String address(String receiver, String page) {
    return SafeNames.folder(receiver) + "/" + page;
  }

  private void statement(StatementDocument document, Map<String, ExplanationStep> explained) {
    SiteParts linked = new SiteParts(siteParts.policy(), siteParts.script(), EXPLAINED, DASHBOARD);
    page(address(document.receiverId(), INDEX), document.site(linked));
    List<Map<String, Object>> lines = new ArrayList<>();
    explained.forEach(
        (id, tree) ->
            lines.add(
                Map.of(
                    "id",
                    id,
                    "ref",
                    id.substring(id.lastIndexOf('/') + 1),
                    "about",
                    tree.label().replace(id + ": ", ""),
                    "tree",
                    tree)));
    Map<String, Object> context = context(document.title() + ": where each line comes from");
    context.put("lines", lines);
    page(address(document.receiverId(), EXPLAINED), templates.html("site/explain", context));
    Guardrails own = guardrails.of(head(document).receiver());
    page(address(document.receiverId(), DASHBOARD), document.dashboard(linked, own));
  }

  private void overview(List<StatementDocument> teams, List<StatementDocument> groups) {
    LocalDate month = head(teams.get(0)).month();
    String company = head(teams.get(0)).company();
    Map<String, Object> context =
        context(SafeNames.plain(company) + ", " + templates.figures().month(month));
    List<Statement.Head> companies =
        heads(groups).filter(group -> "company".equals(group.receiver().kind())).toList();
    context.put("dashboard", address(companies.get(0).receiver().id(), DASHBOARD));
    context.put("before", templates.figures().monthName(month.minusMonths(1)));
    context.put(
        "currencies",
        companies.stream()
            .map(
                all ->
                    Overview.of(
                        all, inCurrency(groups, all.currency()), inCurrency(teams, all.currency())))
            .toList());
    page(INDEX, templates.html("site/index", context));
  }

  private static Stream<Statement.Head> heads(List<StatementDocument> documents) {
    return documents.stream().flatMap(document -> document.parts().stream()).map(Statement::head);
  }

  private static List<Statement.Head> inCurrency(
      List<StatementDocument> documents, String currency) {
    return heads(documents).filter(head -> head.currency().equals(currency)).toList();
  }

  private Map<String, Object> context(String title) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("title", title);
    context.put("print", false);
    context.put("site", siteParts);
    return context;
  }

  private void page(String name, String html) {
    Path file = folder.resolve(name);
    try {
      written.add(AtomicFile.write(file, html.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw Failure.operator(
          e,
          """
          Cannot write the page %s (%s): check free space and permissions of the folder, then write
          the site again; the lake still has all figures
          """,
          file,
          FileErrors.why(e));
    }
  }

  private static String script() {
    try (InputStream in = Site.class.getClassLoader().getResourceAsStream(SCRIPT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot read %s", SCRIPT);
    }
  }

  /** Returns the content security policy: only this script may run, and nothing may be loaded. */
  private static String policy(String script) {
    return "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src 'sha256-%s'"
        .formatted(Base64.getEncoder().encodeToString(Sha256.of(script)));
  }
}
