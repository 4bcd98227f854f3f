package costlake.model;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;

/**
 * One SQL template.
 *
 * @param path its path, for messages
 * @param text the text as written
 * @param shelf the templates that it may import
 */
public record Template(String path, String text, SqlTemplates shelf) {
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
