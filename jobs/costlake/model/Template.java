package costlake.model;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;

/**
 * One SQL template.
 *
 * @param path under which messages name it
 * @param text as written
 * @param shelf the templates it may import
 */
public record Template(String path, String text, SqlTemplates shelf) {
  String render(Resolver resolver) {
    return shelf.evaluate(path, Map.of(SqlExtension.RESOLVER, resolver));
  }

  /**
   * Renders it.
   *
   * @param name of the variable for the days
   */
  String render(Resolver resolver, String name, Collection<LocalDate> days) {
    return shelf.evaluate(
        path, Map.of(SqlExtension.RESOLVER, resolver, name, SqlExtension.literal(days)));
  }
}
