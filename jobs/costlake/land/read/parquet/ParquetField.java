package costlake.land.read.parquet;

import costlake.land.read.rows.JsonMaps;
import costlake.land.read.rows.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.Type;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The value of the current row in one top-level column of a Parquet file. */
abstract class ParquetField {
  private @Nullable Map<UTF8String, UTF8String> members;

  /** Returns the converter that receives the values of the column from the Parquet reader. */
  abstract Converter converter();

  /** Returns the value as text, a nested value as JSON; null if there is no value. */
  abstract @Nullable UTF8String text();

  /** Removes the value of the previous row. */
  void clear() {
    members = null;
  }

  /**
   * Returns the members of a map, or of a text that is a JSON object. Members that are null are
   * left out. If a map has a key twice, the first entry counts. The result is empty if there is no
   * value, and null if the value is not an object.
   */
  final @Nullable Map<UTF8String, UTF8String> object() {
    if (members == null) {
      members = parsed();
    }
    return members;
  }

  @Nullable Map<UTF8String, UTF8String> parsed() {
    UTF8String text = text();
    return text == null || text.numBytes() == 0 ? Map.of() : JsonMaps.parse(text.getBytes());
  }

  /** Whether the text has fewer digits than the value. */
  boolean rounded() {
    return false;
  }

  /** Whether the value is nested, so that {@link #text} writes it as JSON at each call. */
  boolean isNested() {
    return true;
  }

  static ParquetField of(Type type) {
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      return new OfNested(type);
    }
    if (ParquetJson.isMap(type)) {
      return new OfMap(type);
    }
    return type.isPrimitive() ? new OfValue(type) : new OfNested(type);
  }

  private static final class OfValue extends ParquetField {
    private final ParquetLeaf leaf;
    private @Nullable UTF8String text;

    OfValue(Type type) {
      leaf = new ParquetLeaf(type.asPrimitiveType(), value -> text = value);
    }

    @Override
    Converter converter() {
      return leaf;
    }

    @Override
    void clear() {
      super.clear();
      text = null;
    }

    @Override
    @Nullable UTF8String text() {
      return text;
    }

    @Override
    boolean isNested() {
      return false;
    }

    @Override
    boolean rounded() {
      return text != null && leaf.rounded();
    }
  }

  private static final class OfNested extends ParquetField {
    private final ParquetJson.Member value;

    OfNested(Type type) {
      value = new ParquetJson.Member(type);
    }

    @Override
    Converter converter() {
      return value.converter();
    }

    @Override
    void clear() {
      super.clear();
      value.clear();
    }

    @Override
    @Nullable UTF8String text() {
      return value.json() == null ? null : UTF8String.fromString(value.json().toString());
    }
  }

  /** A map. Its entries are kept as text, because bills have tags and attributes in maps. */
  private static final class OfMap extends ParquetField {
    private final List<UTF8String> keys = new ArrayList<>();
    private final List<@Nullable UTF8String> values = new ArrayList<>();
    private final GroupConverter converter;
    private final boolean quoted;
    private boolean present;
    private UTF8String key = UTF8String.EMPTY_UTF8;
    private @Nullable UTF8String value;

    OfMap(Type type) {
      List<Type> entry = type.asGroupType().getType(0).asGroupType().getFields();
      Type ofValue = entry.get(1);
      boolean plain = ofValue.isPrimitive() && !ofValue.isRepetition(Type.Repetition.REPEATED);
      quoted = plain && ParquetText.of(ofValue.asPrimitiveType()).quoted();
      ParquetJson.Member nested = new ParquetJson.Member(ofValue);
      Converter valueConverter =
          plain
              ? new ParquetLeaf(ofValue.asPrimitiveType(), text -> value = text)
              : nested.converter();
      GroupConverter entries =
          new Group(
              List.of(
                  new ParquetLeaf(entry.get(0).asPrimitiveType(), text -> key = text),
                  valueConverter),
              () -> {
                key = UTF8String.EMPTY_UTF8;
                value = null;
                nested.clear();
              },
              () -> {
                keys.add(key);
                values.add(
                    plain || nested.json() == null
                        ? value
                        : UTF8String.fromString(nested.json().toString()));
              });
      converter = new Group(List.of(entries), () -> present = true, () -> {});
    }

    @Override
    Converter converter() {
      return converter;
    }

    @Override
    void clear() {
      super.clear();
      present = false;
      keys.clear();
      values.clear();
    }

    @Override
    @Nullable UTF8String text() {
      if (!present) {
        return null;
      }
      StringBuilder json = new StringBuilder("{");
      for (int i = 0; i < keys.size(); i++) {
        json.append(i == 0 ? "" : ",")
            .append(JsonText.literal(keys.get(i), true))
            .append(':')
            .append(JsonText.literal(values.get(i), quoted));
      }
      return UTF8String.fromString(json.append('}').toString());
    }

    @Override
    Map<UTF8String, UTF8String> parsed() {
      Map<UTF8String, UTF8String> parsed = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        if (values.get(i) != null) {
          parsed.putIfAbsent(keys.get(i), values.get(i));
        }
      }
      return parsed;
    }
  }

  /** A group converter that is composed of the converters of its parts. */
  static final class Group extends GroupConverter {
    private final List<Converter> parts;
    private final Runnable start;
    private final Runnable end;

    Group(List<Converter> parts, Runnable start, Runnable end) {
      this.parts = List.copyOf(parts);
      this.start = start;
      this.end = end;
    }

    @Override
    public Converter getConverter(int part) {
      return parts.get(part);
    }

    @Override
    public void start() {
      start.run();
    }

    @Override
    public void end() {
      end.run();
    }
  }
}
