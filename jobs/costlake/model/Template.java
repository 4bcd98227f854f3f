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
public record Template(String path, String text, Templates shelf) {
  String render(Resolver resolver, Collection<LocalDate> changedDays) {
    return shelf.evaluate(
        path,
        Map.of(SqlExtension.RESOLVER, resolver, "changed_days", SqlExtension.literal(changedDays)));
  }
}
