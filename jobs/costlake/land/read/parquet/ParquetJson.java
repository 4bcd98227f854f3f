package costlake.land.read.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import costlake.land.read.rows.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Converts nested Parquet values to JSON: structs and maps to objects, lists to arrays, numbers to
 * their text. A null member of a struct is left out; a null key of a map becomes an empty text.
 */
final class ParquetJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ParquetJson() {}

  /** Receives the value of a field of a group. A repeated field is an array of its values. */
  static final class Member {
    private final Converter converter;
    private final boolean repeated;
    private @Nullable JsonNode json;

    Member(Type type) {
      repeated = type.isRepetition(Type.Repetition.REPEATED);
      converter = ParquetJson.converter(type, this::take);
      clear();
    }

    private void take(JsonNode value) {
      if (repeated) {
        ((ArrayNode) Objects.requireNonNull(json)).add(value);
      } else {
        json = value;
      }
    }

    Converter converter() {
      return converter;
    }

    /** Removes the value; a repeated field then has no elements. */
    void clear() {
      json = repeated ? NODES.arrayNode() : null;
    }

    @Nullable JsonNode json() {
      return json;
    }
  }

  /** Whether a column is a map with primitive keys. */
  static boolean isMap(Type type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (type.isPrimitive()
        || !(logical instanceof MapLogicalTypeAnnotation
            || logical instanceof MapKeyValueTypeAnnotation)) {
      return false;
    }
    GroupType group = type.asGroupType();
    if (group.getFieldCount() != 1 || group.getType(0).isPrimitive()) {
      return false;
    }
    List<Type> entry = group.getType(0).asGroupType().getFields();
    return entry.size() == 2 && entry.get(0).isPrimitive();
  }

  private static Converter converter(Type type, Consumer<JsonNode> sink) {
    if (type.isPrimitive()) {
      PrimitiveType primitive = type.asPrimitiveType();
      boolean quoted = ParquetText.of(primitive).quoted();
      return new ParquetLeaf(
          primitive,
          text -> sink.accept(NODES.rawValueNode(new RawValue(JsonText.literal(text, quoted)))));
    }
    GroupType group = type.asGroupType();
    if (isMap(type)) {
      return map(group, sink);
    }
    return group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
            && group.getFieldCount() == 1
        ? list(group, sink)
        : struct(group, sink);
  }

  private static Converter struct(GroupType group, Consumer<JsonNode> sink) {
    List<Member> members = group.getFields().stream().map(Member::new).toList();
    return new ParquetField.Group(
        members.stream().map(Member::converter).toList(),
        () -> members.forEach(Member::clear),
        () -> {
          ObjectNode object = NODES.objectNode();
          for (int i = 0; i < members.size(); i++) {
            if (members.get(i).json() != null) {
              object.set(group.getFieldName(i), members.get(i).json());
            }
          }
          sink.accept(object);
        });
  }

  private static Converter map(GroupType group, Consumer<JsonNode> sink) {
    List<Type> entry = group.getType(0).asGroupType().getFields();
    ObjectNode[] object = new ObjectNode[1];
    List<String> key = new ArrayList<>();
    Member value = new Member(entry.get(1));
    Converter ofKey =
        new ParquetLeaf(entry.get(0).asPrimitiveType(), text -> key.add(text.toString()));
    Converter entries =
        new ParquetField.Group(
            List.of(ofKey, value.converter()),
            () -> {
              key.clear();
              value.clear();
            },
            () -> object[0].set(key.isEmpty() ? "" : key.get(0), orNull(value)));
    return new ParquetField.Group(
        List.of(entries), () -> object[0] = NODES.objectNode(), () -> sink.accept(object[0]));
  }

  private static JsonNode orNull(Member value) {
    return value.json() == null ? NODES.nullNode() : value.json();
  }

  /** Converts a list. It has three levels, as the format requires, or two, as older writers use. */
  private static Converter list(GroupType group, Consumer<JsonNode> sink) {
    Type repeated = group.getType(0);
    if (!threeLevels(group, repeated)) {
      Member values = new Member(repeated);
      return new ParquetField.Group(
          List.of(values.converter()), values::clear, () -> sink.accept(values.json()));
    }
    ArrayNode[] array = new ArrayNode[1];
    Member element = new Member(repeated.asGroupType().getType(0));
    Converter elements =
        new ParquetField.Group(
            List.of(element.converter()), element::clear, () -> array[0].add(orNull(element)));
    return new ParquetField.Group(
        List.of(elements), () -> array[0] = NODES.arrayNode(), () -> sink.accept(array[0]));
  }

  private static boolean threeLevels(GroupType list, Type repeated) {
    return !repeated.isPrimitive()
        && repeated.asGroupType().getFieldCount() == 1
        && !repeated.getName().equals("array")
        && !repeated.getName().equals(list.getName() + "_tuple");
  }
}
