package costlake.report;

import costlake.core.Failure;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Renders the templates below {@code reports/}, with filters that print figures and names. */
public final class ReportTemplates {
  private final PebbleEngine engine;
  private final FigureFormat figures;
  private final StatementTexts words;

  /** Creates templates that print in the language and number format of a locale. */
  public ReportTemplates(Locale locale) {
    this.figures = new FigureFormat(locale);
    this.words = new StatementTexts(locale);
    ClasspathLoader loader = new ClasspathLoader(ReportTemplates.class.getClassLoader());
    loader.setPrefix("reports");
    loader.setSuffix(".peb");
    this.engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .autoEscaping(true)
            .strictVariables(true)
            .defaultLocale(locale)
            .extension(new PrintExtension(figures, words))
            .build();
  }

  /** Returns the format of figures. */
  public FigureFormat figures() {
    return figures;
  }

  StatementTexts words() {
    return words;
  }

  /**
   * Renders a page.
   *
   * @param name name of the template, without its suffix
   * @param context values that the template prints; {@code lang} is added
   */
  public String html(String name, Map<String, Object> context) {
    Map<String, Object> all = new LinkedHashMap<>(context);
    all.put("lang", figures.locale().toLanguageTag());
    try (StringWriter out = new StringWriter()) {
      engine.getTemplate(name).evaluate(out, all, figures.locale());
      return out.toString();
    } catch (IOException e) {
      throw Failure.internal(e, "Failed to print %s", name);
    }
  }
}
