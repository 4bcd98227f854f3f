package costlake.land.read.rows;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The origin of one column of a relation in one delivered file.
 *
 * @param kind kind of origin; it determines which of the other components are used
 * @param position position of the field in the record, from 0
 * @param text the constant, or the key of a JSON value
 * @param entries keys and fields of a map; a field that is null adds no entry
 * @param times formats of a time
 * @param json fields that contain a JSON object; the members of the object are also entries of the
 *     map
 * @param without members that add no entry
 */
public record ColumnOrigin(
    Kind kind,
    int position,
    @Nullable String text,
    TimeFormats times,
    List<Entry> entries,
    List<Integer> json,
    List<String> without)
    implements Serializable {

  /** The kind of origin. */
  public enum Kind {
    FIELD,
    TIME,
    CONSTANT,
    JSON_VALUE,
    MAP
  }

  /** One possible entry of a map. */
  public record Entry(String key, int position) implements Serializable {}

  public ColumnOrigin {
    entries = List.copyOf(entries);
    json = List.copyOf(json);
    without = List.copyOf(without);
  }

  /** Returns the origin of a column with the unchanged text of a field. */
  public static ColumnOrigin field(int position) {
    return new ColumnOrigin(
        Kind.FIELD, position, null, TimeFormats.ISO, List.of(), List.of(), List.of());
  }

  /**
   * Returns the origin of a column with the time in a field. The time is in one of these formats
   * and is converted to ISO 8601.
   */
  public static ColumnOrigin time(int position, TimeFormats formats) {
    return formats.changesNothing()
        ? field(position)
        : new ColumnOrigin(Kind.TIME, position, null, formats, List.of(), List.of(), List.of());
  }

  /** Returns the origin of a column with the same text in every row. */
  public static ColumnOrigin constant(String text) {
    return new ColumnOrigin(
        Kind.CONSTANT, -1, text, TimeFormats.ISO, List.of(), List.of(), List.of());
  }

  /** Returns the origin of a column with a member of the JSON object in a field. */
  public static ColumnOrigin jsonValue(int position, String key) {
    return new ColumnOrigin(
        Kind.JSON_VALUE, position, key, TimeFormats.ISO, List.of(), List.of(), List.of());
  }

  /** Returns the origin of a column with a map of fields and of members of JSON objects. */
  public static ColumnOrigin map(List<Entry> entries, List<Integer> json) {
    return map(entries, json, List.of());
  }

  /** Returns the origin of such a map without some of the members. */
  public static ColumnOrigin map(List<Entry> entries, List<Integer> json, List<String> without) {
    return new ColumnOrigin(Kind.MAP, -1, null, TimeFormats.ISO, entries, json, without);
  }

  /** Returns the positions of the fields that are used. */
  public Set<Integer> positions() {
    Set<Integer> positions = new HashSet<>(json);
    entries.forEach(entry -> positions.add(entry.position()));
    if (position >= 0) {
      positions.add(position);
    }
    return positions;
  }
}
