package costlake.report;

import costlake.report.StatementPages.Page;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders the pages of a statement. */
final class Pages {
  private static final String TEMPLATE = "statement";

  private final List<Page> pages;
  private final ReportTemplates templates;
  private final FigureFormat figures;
  private final StatementTexts words;

  Pages(StatementPages pages, Locale locale) {
    this.pages = pages.pages();
    this.templates = new ReportTemplates(locale);
    this.figures = templates.figures();
    this.words = templates.words();
  }

  /** Returns the texts of the language. */
  StatementTexts words() {
    return words;
  }

  /** Renders all pages of a receiver's month as one web page, with a part for each currency. */
  String web(List<Statement> statements, StatementStatus issue) {
    return templates.html(TEMPLATE, context(statements, issue, false, null));
  }

  /** Renders the document as a page of a site. */
  String site(List<Statement> statements, StatementStatus issue, SiteParts site) {
    return templates.html(TEMPLATE, context(statements, issue, false, site));
  }

  /**
   * Renders the document for the PDF. Replaces characters that the fonts cannot show with boxes,
   * and then adds a note.
   */
  String print(List<Statement> statements, StatementStatus issue) {
    Map<String, @Nullable Object> context = context(statements, issue, true, null);
    String html = templates.html(TEMPLATE, context);
    if (Glyphs.cover(html)) {
      return html;
    }
    context.put("boxed", true);
    return Glyphs.boxed(templates.html(TEMPLATE, context));
  }

  private Map<String, @Nullable Object> context(
      List<Statement> statements, StatementStatus issue, boolean print, @Nullable SiteParts site) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("print", print);
    context.put("site", site);
    context.put("boxed", false);
    context.put("issue", issue);
    context.put("title", title(statements.get(0), issue));
    context.put("parts", statements.stream().map(s -> part(s, issue)).toList());
    return context;
  }

  /** Returns the first sheet of the workbook about one of the parts of a statement. */
  SummarySheet summarySheet(List<Statement> parts, Statement part, StatementStatus issue) {
    String name = words.say("Summary");
    String number = words.say("no. {0}", issue.id(part.head().number()));
    String status = words.say(issue.closed() ? "Final statement" : "Preliminary statement");
    return new SummarySheet(
        parts.size() == 1 ? name : name + " " + part.head().currency(),
        title(part, issue),
        status + ", " + number,
        part,
        words);
  }

  String title(Statement statement, StatementStatus issue) {
    Statement.Head head = statement.head();
    return words.say(
        "{0}, statement{1} of {2}",
        words.receiver(head.receiver()), issue.suffix(" "), figures.month(head.month()));
  }

  private Map<String, @Nullable Object> part(Statement s, StatementStatus issue) {
    StatementFindings findings = new StatementFindings(s, figures, words);
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("s", s);
    part.put("head", s.head());
    part.put("number", issue.id(s.head().number()));
    part.put("issued", issue.issuedOn() == null ? null : figures.day(issue.issuedOn()));
    part.put("example", example(s));
    part.put("disputeUntil", figures.dayOfMonth(s.head().disputeUntil()));
    part.put("receiver", words.receiver(s.head().receiver()));
    part.put("month", figures.month(s.head().month()));
    part.put("before", figures.month(s.head().month().minusMonths(1)));
    part.put("monthBefore", figures.monthName(s.head().month().minusMonths(1)));
    part.put(
        "pages",
        pages.stream().filter(page -> appears(page, s)).map(page -> values(page, s)).toList());
    part.put("find", findings);
    part.put("summary", new SummaryFindings(s, figures, words));
    part.put("events", new EventBridge(s, figures, words));
    part.put("actions", new StatementActions(s, figures, words).proposed());
    part.put("teams", new TeamTable(s, figures, words));
    part.put("training", new TrainingFindings(s, figures, words));
    part.put("serving", new ServingFindings(s, figures, words));
    part.put("accelerators", new AcceleratorFindings(s, figures, words));
    part.put("quality", new QualityFindings(s));
    part.put("commitments", new CommitmentFindings(s, figures, words));
    part.putAll(charts(s, findings));
    return part;
  }

  /** Returns the id of a line, to show what ids look like. */
  private static String example(Statement s) {
    List<PrintedRow> lines = s.rows("lines");
    return lines.isEmpty() ? s.head().number() + "/b-01" : lines.get(0).id();
  }

  private Map<String, @Nullable Object> charts(Statement s, StatementFindings findings) {
    Map<String, @Nullable Object> charts = new LinkedHashMap<>();
    charts.putAll(charts(s, "", Chart.WIDTH));
    charts.putAll(charts(s, "narrow_", Chart.NARROW));
    BridgeChart bridge = new BridgeChart(figures, words);
    charts.put("bridge", bridge.chart(s.lines("bridge"), s.head().total()));
    charts.put("changes", new ChangesChart(figures, words).chart(s.changes("effect")));
    HistoryChart history = new HistoryChart(figures, words);
    LocalDate turn = findings.history() == null ? null : s.splitSince();
    charts.put("history", history.chart(s.rows("history"), s.head().month(), turn));
    charts.put("uses", history.chart(s.rows("use_months"), s.head().month(), turn));
    charts.put(
        "tokens",
        new TokenCostChart(figures, words).chart(s.rows("inference_months"), s.head().month()));
    charts.put("strips", new RunStrips(s.rows("attempts"), figures, words));
    return charts;
  }

  /** Returns what the chart of idle hours shows; months that were closed early have no hours. */
  private String textOfClock(Statement s) {
    String idlest = new AcceleratorFindings(s, figures, words).idlest();
    return idlest.isEmpty() ? words.say("When they stood idle") : idlest;
  }

  /** Returns the charts that are drawn apart for a page and for a phone. */
  private Map<String, @Nullable Object> charts(Statement s, String prefix, int width) {
    Map<String, @Nullable Object> charts = new LinkedHashMap<>();
    charts.put(prefix + "daily", new DailyChart(s, figures, words, width).chart());
    charts.put(
        prefix + "bars", new AcceleratorChart(figures, words, width).chart(s.rows("accelerators")));
    charts.put(
        prefix + "clock",
        new IdleHoursChart(figures, words, width)
            .chart(s.rows("idle_hours"), s.rows("idle_calendar"), textOfClock(s)));
    charts.put(
        prefix + "scatter", new MetricChart(figures, words, width).chart(s.rows("run_metrics")));
    charts.put(
        prefix + "breakeven", new BreakEvenChart(figures, words, width).chart(s.rows("endpoints")));
    LifeChart lives = new LifeChart(figures, words, s.head().month(), width);
    charts.put(prefix + "lives", lives.chart(s.rows("model_life"), s.rows("life_months")));
    return charts;
  }

  private boolean appears(Page page, Statement s) {
    return page.appears() == null || templates.holds(page.appears(), Map.of("s", s));
  }

  private Map<String, Object> values(Page page, Statement s) {
    return Map.of(
        "template", page.template(),
        "title", words.say(page.title()),
        "id", page.name() + "-" + s.head().currency());
  }
}
