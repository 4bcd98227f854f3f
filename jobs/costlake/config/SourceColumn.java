package costlake.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A column of a relation that a kind of source delivers.
 *
 * @param required whether a delivery without the column, or a row without a value in the column,
 *     cannot be read
 * @param aliases other names that a delivery may use for the column; if a delivery uses several,
 *     the first in this list counts
 * @param allowed all its values; empty if any value is allowed
 * @param others values of the other columns of the list, which a strategy in Java reads; without
 *     the meaning
 */
public record SourceColumn(
    String name,
    Type type,
    boolean required,
    List<String> aliases,
    List<String> allowed,
    Map<String, String> others) {
  /** The type of the values of a column. */
  public enum Type {
    /** Any text. */
    TEXT,
    /** A decimal that keeps all its digits. */
    MONEY,
    /** A whole number that is not below zero. */
    COUNT,
    /** An instant or a day. */
    TIME,
    /** A month, or a day in the month. */
    MONTH,
    /** A map from names to texts. */
    MAP
  }

  public SourceColumn {
    aliases = List.copyOf(aliases);
    allowed = List.copyOf(allowed);
    others = Map.copyOf(others);
  }

  /** Returns a text that differs if the values of the column are read in another way. */
  String howValuesAreRead() {
    return String.join(
        " ",
        name,
        type.name(),
        Boolean.toString(required),
        aliases.toString(),
        allowed.toString(),
        new TreeMap<>(others).toString());
  }

  boolean isTime() {
    return type == Type.TIME || type == Type.MONTH;
  }

  /** Returns the type of the column in Spark. */
  public String sqlType() {
    return type == Type.MAP ? "map<string,string>" : "string";
  }
}
