package costlake.model;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Pebble set up for SQL: nothing is escaped for HTML, a missing variable is an error, line ends
 * stay where they are. Values enter through {@code literal}, names through {@code ident}, relations
 * through {@code ref} and {@code source}.
 */
final class SqlTemplates {
  private static final Pattern PLACE = Pattern.compile(" \\([^()]*:[\\d?]+\\)$");
  private final MemoryLoader loader = new MemoryLoader();
  private final PebbleEngine engine =
      new PebbleEngine.Builder()
          .loader(loader)
          .autoEscaping(false)
          .strictVariables(true)
          .newLineTrimming(false)
          .extension(new SqlExtension())
          .build();

  Template add(String path, String text) {
    loader.addTemplate(path, text);
    return new Template(path, text, this);
  }

  String evaluate(String path, Map<String, Object> values) {
    StringWriter out = new StringWriter();
    try {
      engine.getTemplate(path).evaluate(out, values);
    } catch (PebbleException e) {
      throw new TemplateException(
          PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst(""),
          e.getLineNumber() == null ? 1 : e.getLineNumber(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** The template cannot be rendered. */
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
