package costlake.model;

import costlake.config.Origin;
import costlake.template.Templates;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Renders templates of SQL. A template writes a value with {@code literal}, a name with {@code
 * ident}, and a relation with {@code ref} or {@code source}.
 */
final class SqlTemplates {
  private static final Pattern PLACE = Pattern.compile(" \\([^()]*:[\\d?]+\\)$");
  private final MemoryLoader loader = new MemoryLoader();
  private final Templates templates = Templates.text(loader, Locale.ROOT, new SqlExtension());

  Template add(String path, String text) {
    return add(path, text, null);
  }

  /**
   * Adds a template.
   *
   * @param declared as {@link Template#declared}
   */
  Template add(String path, String text, @Nullable Origin declared) {
    loader.addTemplate(path, text);
    return new Template(path, text, declared, this);
  }

  String evaluate(String path, Map<String, Object> values) {
    try {
      return templates.print(path, values);
    } catch (PebbleException e) {
      throw new TemplateException(
          PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst(""),
          e.getLineNumber() == null ? 1 : e.getLineNumber(),
          e);
    }
  }

  /** Thrown if a template cannot be rendered. */
  static final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    TemplateException(String message, int line, Throwable cause) {
      super(message, cause);
      this.line = line;
    }

    int line() {
      return line;
    }
  }
}
