package costlake.report;

import costlake.template.Templates;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Renders the templates below {@code reports/}, with filters that print figures and names. */
public final class ReportTemplates {
  private static final String FOLDER = "reports";

  private final Templates templates;
  private final FigureFormat figures;
  private final StatementTexts words;

  /** Creates templates that print in the language and number format of a locale. */
  public ReportTemplates(Locale locale) {
    this.figures = new FigureFormat(locale);
    this.words = new StatementTexts(locale);
    this.templates = Templates.html(FOLDER, locale, new PrintExtension(figures, words));
  }

  private ReportTemplates(String folder, ReportTemplates current) {
    this.figures = current.figures;
    this.words = current.words;
    this.templates =
        Templates.html(folder, FOLDER, figures.locale(), new PrintExtension(figures, words));
  }

  /**
   * Returns the templates of an edition of the pages.
   *
   * @param folder its folder, with the templates that differ from those of today
   */
  ReportTemplates of(String folder) {
    return new ReportTemplates(folder, this);
  }

  /** Returns the format of figures. */
  public FigureFormat figures() {
    return figures;
  }

  StatementTexts words() {
    return words;
  }

  /** Whether a condition of the template language holds for these values. */
  boolean holds(String condition, Map<String, Object> values) {
    return templates.holds(condition, values);
  }

  /**
   * Renders a page.
   *
   * @param name name of the template, without its suffix
   * @param context values that the template prints; {@code lang} is added. {@code print} is false
   *     for a web page
   */
  public String html(String name, Map<String, Object> context) {
    Map<String, Object> all = new LinkedHashMap<>(context);
    all.put("lang", figures.locale().toLanguageTag());
    String html = templates.print(name, all);
    return Boolean.FALSE.equals(context.get("print"))
        ? NarrowTables.labelled(new FoldedTables(words).folded(html))
        : PaperTables.marked(html);
  }
}
