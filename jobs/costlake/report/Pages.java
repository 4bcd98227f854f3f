package costlake.report;

import costlake.report.StatementPages.Page;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Renders the pages of a statement. */
final class Pages {
  private static final String TEMPLATE = "statement";
  private static final String DASHBOARD = "site/dashboard";

  private final StatementPages pages;
  private final ReportTemplates templates;
  private final Map<Integer, Edition> editions = new ConcurrentHashMap<>();
  private final FigureFormat figures;
  private final StatementTexts words;
  private final List<PageValues> values = PageValues.registered();

  Pages(StatementPages pages, Locale locale) {
    this.pages = pages;
    this.templates = new ReportTemplates(locale);
    this.figures = templates.figures();
    this.words = templates.words();
  }

  /** Returns how statements are named in the language. */
  StatementTitles titles() {
    return new StatementTitles(figures, words);
  }

  /** Renders all pages of a receiver's month as one web page, with a part for each currency. */
  String web(List<Statement> statements, StatementStatus issue) {
    return html(context(statements, issue, false, null), issue);
  }

  /** Renders the document as a page of a site. */
  String site(List<Statement> statements, StatementStatus issue, SiteParts site) {
    return html(context(statements, issue, false, site), issue);
  }

  /** Renders the dashboard of the receiver, which belongs to no edition. */
  String dashboard(
      List<Statement> statements, StatementStatus issue, SiteParts site, Guardrails guardrails) {
    Map<String, @Nullable Object> context = context(statements, issue, false, site);
    context.put("guardrails", guardrails);
    return templates.html(DASHBOARD, context);
  }

  private String html(Map<String, @Nullable Object> context, StatementStatus issue) {
    return edition(issue).templates().html(TEMPLATE, context);
  }

  /** Returns how statements of the edition are printed in which this one was issued. */
  private Edition edition(StatementStatus issue) {
    return editions.computeIfAbsent(
        issue.edition(), number -> Edition.of(number, pages, templates));
  }

  /**
   * Renders the document for the PDF. Replaces characters that the fonts cannot show with boxes,
   * and then adds a note.
   */
  String print(List<Statement> statements, StatementStatus issue) {
    Map<String, @Nullable Object> context = context(statements, issue, true, null);
    String html = html(context, issue);
    if (Glyphs.cover(html)) {
      return html;
    }
    context.put("boxed", true);
    return Glyphs.boxed(html(context, issue));
  }

  private Map<String, @Nullable Object> context(
      List<Statement> statements, StatementStatus issue, boolean print, @Nullable SiteParts site) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("print", print);
    context.put("site", site);
    context.put("boxed", false);
    context.put(PrintExtension.CUT, new CutNames());
    context.put("issue", issue);
    context.put("title", titles().title(statements.get(0), issue));
    context.put("parts", statements.stream().map(s -> part(s, issue)).toList());
    return context;
  }

  private TemplateValues part(Statement s, StatementStatus issue) {
    TemplateValues part = new TemplateValues(s, figures, words);
    set(part, s, issue);
    values.forEach(page -> page.addTo(part));
    return part;
  }

  private void set(TemplateValues part, Statement s, StatementStatus issue) {
    Statement.Head head = s.head();
    LocalDate before = head.month().minusMonths(1);
    part.set("s", s);
    part.set("head", head);
    part.set("number", issue.id(head.number()));
    part.set("issued", issue.issuedOn() == null ? null : figures.day(issue.issuedOn()));
    part.set("example", example(s));
    part.set("disputeUntil", figures.dayOfMonth(head.disputeUntil()));
    part.set("receiver", words.receiver(head.receiver()));
    part.set("month", figures.month(head.month()));
    part.set("before", figures.month(before));
    part.set("monthBefore", figures.monthName(before));
    part.set("pages", printed(s, edition(issue)));
  }

  /** Returns the id of a line, to show what ids look like. */
  private static String example(Statement s) {
    List<PrintedRow> lines = s.rows("lines");
    return lines.isEmpty() ? s.head().number() + "/b-01" : lines.get(0).id();
  }

  private List<Map<String, Object>> printed(Statement s, Edition edition) {
    return edition.pages().stream()
        .filter(page -> appears(page, s))
        .map(page -> printed(page, s))
        .toList();
  }

  private boolean appears(Page page, Statement s) {
    return page.appears() == null || templates.holds(page.appears(), Map.of("s", s));
  }

  private Map<String, Object> printed(Page page, Statement s) {
    return Map.of(
        "template", page.template(),
        "appendix", page.appendix(),
        "title", words.say(page.title()),
        "id", page.name() + "-" + s.head().currency());
  }
}
