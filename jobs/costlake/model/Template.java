package costlake.model;

import costlake.config.Origin;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One SQL template.
 *
 * @param path its path
 * @param text the text as written
 * @param declared place of the declaration from which the text was made; null if it is written in
 *     the file {@code path}
 * @param shelf the templates that it may import
 */
public record Template(String path, String text, @Nullable Origin declared, SqlTemplates shelf) {
  /**
   * Returns the place of a line of the text, for messages. Of a text that was made from a
   * declaration, it is the place of the declaration.
   *
   * @param line number of the line, from 1
   */
  public Origin place(int line) {
    return declared == null ? new Origin(path, line) : declared;
  }

  String render(Resolver resolver) {
    return shelf.evaluate(path, Map.of(SqlExtension.RESOLVER, resolver));
  }

  /**
   * Renders the template with one more variable, a list of days.
   *
   * @param name name of that variable
   */
  String render(Resolver resolver, String name, Collection<LocalDate> days) {
    return shelf.evaluate(
        path, Map.of(SqlExtension.RESOLVER, resolver, name, SqlExtension.literal(days)));
  }
}
