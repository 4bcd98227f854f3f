package costlake.cli;

import costlake.core.Message;
import costlake.core.Nearest;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the message for a query that names an unknown table. Suggests the table that may be meant.
 */
final class UnknownTable {
  private UnknownTable() {}

  /**
   * Returns the message.
   *
   * @param relation name of the table as Spark quotes it, e.g. {@code `reporting`.`statments`}
   * @param tables all tables, with their schemas
   */
  static String message(String relation, Collection<String> tables) {
    String name = relation.replace("`", "");
    String hint = Nearest.hint(name, tables);
    return Message.of(
        """
        Cannot find table '%s'.%s Tables of a schema: costlake sql "show tables in SCHEMA". Schemas:
        %s
        """,
        name, hint.isEmpty() ? inAnySchema(name, tables) : hint, schemas(tables));
  }

  private static String schemas(Collection<String> tables) {
    return tables.stream()
        .map(table -> table.replaceFirst("\\..*", ""))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /**
   * Finds the table with the nearest name in any schema, because the schema may be missing or
   * wrong.
   */
  private static String inAnySchema(String name, Collection<String> tables) {
    Map<String, String> bySimpleName = new TreeMap<>();
    tables.forEach(table -> bySimpleName.putIfAbsent(table.replaceFirst(".*\\.", ""), table));
    return Nearest.to(name.replaceFirst(".*\\.", ""), bySimpleName.keySet())
        .map(near -> " Did you mean '" + bySimpleName.get(near) + "'?")
        .orElse("");
  }
}
