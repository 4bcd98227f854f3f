package costlake.template;

import costlake.core.OwnFiles;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.Extension;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.DelegatingLoader;
import io.pebbletemplates.pebble.loader.FileLoader;
import io.pebbletemplates.pebble.loader.Loader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders Pebble templates. A variable without a value is an error. */
public final class Templates {
  private static final String HOLDS = "holds";

  private final PebbleEngine engine;

  private Templates(PebbleEngine engine) {
    this.engine = engine;
  }

  /** Loads the {@code .peb} files of a folder that print HTML. Values are escaped. */
  public static Templates html(String folder, Locale locale, Extension... extensions) {
    return html(below(folder), locale, extensions);
  }

  /**
   * Loads the {@code .peb} files of a folder that print HTML, and those of another folder that the
   * first one does not have.
   */
  public static Templates html(
      String folder, String others, Locale locale, Extension... extensions) {
    Loader<?> both = new DelegatingLoader(List.of(ofProgram(folder), below(others)));
    return html(both, locale, extensions);
  }

  private static Templates html(Loader<?> loader, Locale locale, Extension... extensions) {
    return new Templates(
        strict(loader, locale, extensions).autoEscaping(true).newLineTrimming(true).build());
  }

  /** Loads the {@code .peb} files of a folder that print plain text. */
  public static Templates text(String folder, Locale locale) {
    return text(below(folder), locale);
  }

  /** Loads templates that print plain text. Values are not escaped, and line ends are kept. */
  public static Templates text(Loader<?> loader, Locale locale, Extension... extensions) {
    return new Templates(
        strict(loader, locale, extensions).autoEscaping(false).newLineTrimming(false).build());
  }

  /** Loads the templates of the program and, beside them, those of the user. */
  private static Loader<?> below(String folder) {
    Loader<?> program = ofProgram(folder);
    return OwnFiles.folder(folder)
        .<Loader<?>>map(own -> new DelegatingLoader(List.of(program, ofUser(own))))
        .orElse(program);
  }

  private static Loader<?> ofUser(Path folder) {
    FileLoader loader = new FileLoader(folder.toString());
    loader.setSuffix(".peb");
    return loader;
  }

  private static Loader<?> ofProgram(String folder) {
    ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix(folder);
    loader.setSuffix(".peb");
    return loader;
  }

  private static PebbleEngine.Builder strict(
      Loader<?> loader, Locale locale, Extension... extensions) {
    return new PebbleEngine.Builder()
        .loader(loader)
        .strictVariables(true)
        .defaultLocale(locale)
        .extension(extensions);
  }

  /** Renders a template with these values. */
  public String print(String name, Map<String, Object> values) {
    return print(engine.getTemplate(name), values);
  }

  /** Whether a condition holds for these values, e.g. {@code lines is not empty}. */
  public boolean holds(String condition, Map<String, Object> values) {
    String text = "{% if " + condition + " %}" + HOLDS + "{% endif %}";
    return print(engine.getLiteralTemplate(text), values).equals(HOLDS);
  }

  private static String print(PebbleTemplate template, Map<String, Object> values) {
    StringWriter out = new StringWriter();
    try {
      template.evaluate(out, values);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot print the template " + template.getName(), e);
    }
    return out.toString();
  }
}
