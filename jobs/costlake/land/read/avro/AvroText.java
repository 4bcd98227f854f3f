package costlake.land.read.avro;

import costlake.land.read.rows.JsonText;
import costlake.land.read.rows.TypedText;
import costlake.land.read.rows.ValueChecks;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of one Avro type to text, in the same form as {@link
 * costlake.land.read.parquet.ParquetText} and {@link ParquetJson} do for Parquet: records, maps and
 * arrays as JSON, a union as its value, and bytes that are not valid UTF-8 as Base64.
 */
interface AvroText {
  /** Reads the next value; returns null for a null. */
  @Nullable Value read(BinaryDecoder in) throws IOException;

  /**
   * A value as text.
   *
   * @param quoted whether the value has quotes in JSON
   * @param rounded whether the text has fewer digits than the number
   */
  record Value(UTF8String text, boolean quoted, boolean rounded) {
    static Value json(List<String> parts, String open, String close) {
      return plain(open + String.join(",", parts) + close);
    }

    static Value quoted(String text) {
      return new Value(UTF8String.fromString(text), true, false);
    }

    static Value quoted(UTF8String text) {
      return new Value(text, true, false);
    }

    static Value plain(String text) {
      return new Value(UTF8String.fromString(text), false, false);
    }

    static String json(@Nullable Value value) {
      return value == null ? "null" : JsonText.literal(value.text(), value.quoted());
    }
  }

  /**
   * Returns the converter of a type.
   *
   * @throws IOException if the type is recursive
   */
  static AvroText of(Schema schema) throws IOException {
    return of(schema, new HashSet<>());
  }

  /** Whether the values of a type are instants, or null. */
  static boolean isInstant(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().anyMatch(AvroText::isInstant)
        : schema.getLogicalType() != null
            && schema.getLogicalType().getName().startsWith("timestamp-");
  }

  private static AvroText of(Schema schema, Set<String> around) throws IOException {
    return switch (schema.getType()) {
      case NULL -> in -> null;
      case BOOLEAN -> in -> Value.plain(Boolean.toString(in.readBoolean()));
      case INT -> whole(schema.getLogicalType(), BinaryDecoder::readInt);
      case LONG -> whole(schema.getLogicalType(), BinaryDecoder::readLong);
      case FLOAT -> AvroText::ofFloat;
      case DOUBLE -> AvroText::ofDouble;
      case STRING -> in -> Value.quoted(utf8(bytes(in, in.readLong())));
      case BYTES ->
          bytes(schema.getLogicalType(), in -> bytes(in, in.readLong()), AvroText::textOrBase64);
      case FIXED ->
          bytes(schema.getLogicalType(), in -> bytes(in, schema.getFixedSize()), AvroText::base64);
      case ENUM -> in -> Value.quoted(one(schema.getEnumSymbols(), in.readEnum()));
      case UNION -> union(all(schema.getTypes(), around));
      case ARRAY -> array(of(schema.getElementType(), around));
      case MAP -> map(of(schema.getValueType(), around));
      case RECORD -> struct(schema, around);
    };
  }

  private static List<AvroText> all(List<Schema> types, Set<String> around) throws IOException {
    List<AvroText> all = new ArrayList<>();
    for (Schema type : types) {
      all.add(of(type, around));
    }
    return all;
  }

  /** Reads a stored value before the logical type is applied. */
  interface Reading<T> {
    T from(BinaryDecoder in) throws IOException;
  }

  private static AvroText whole(@Nullable LogicalType logical, Reading<? extends Number> number) {
    Reading<Long> value = in -> number.from(in).longValue();
    if (logical == null) {
      return in -> Value.plain(Long.toString(value.from(in)));
    }
    return switch (logical.getName()) {
      case "date" -> in -> Value.quoted(TypedText.day(value.from(in)));
      case "time-millis" -> in -> Value.quoted(TypedText.timeOfDay(value.from(in), 1_000_000L));
      case "time-micros" -> in -> Value.quoted(TypedText.timeOfDay(value.from(in), 1_000L));
      case "timestamp-millis", "local-timestamp-millis" ->
          in -> Value.quoted(TypedText.ofMillis(value.from(in)));
      case "timestamp-micros", "local-timestamp-micros" ->
          in -> Value.quoted(TypedText.time(value.from(in)));
      case "timestamp-nanos", "local-timestamp-nanos" ->
          in -> Value.quoted(TypedText.ofNanos(value.from(in)));
      default -> in -> Value.plain(Long.toString(value.from(in)));
    };
  }

  private static Value ofFloat(BinaryDecoder in) throws IOException {
    float number = in.readFloat();
    return new Value(TypedText.shortest(number), false, TypedText.isLong(number));
  }

  private static Value ofDouble(BinaryDecoder in) throws IOException {
    double number = in.readDouble();
    return new Value(TypedText.shortest(number), false, TypedText.isLong(number));
  }

  private static AvroText bytes(
      @Nullable LogicalType logical, Reading<byte[]> bytes, Function<byte[], Value> plain) {
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return in ->
          Value.plain(
              new BigDecimal(new BigInteger(bytes.from(in)), decimal.getScale()).toPlainString());
    }
    return logical != null && logical.getName().equals(LogicalTypes.uuid().getName())
        ? in -> Value.quoted(uuid(ByteBuffer.wrap(bytes.from(in))))
        : in -> plain.apply(bytes.from(in));
  }

  private static Value textOrBase64(byte[] bytes) {
    return ValueChecks.utf8(bytes, 0, bytes.length)
        ? Value.quoted(UTF8String.fromBytes(bytes))
        : base64(bytes);
  }

  private static Value base64(byte[] bytes) {
    return Value.quoted(Base64.getEncoder().encodeToString(bytes));
  }

  private static String uuid(ByteBuffer halves) {
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }

  private static UTF8String utf8(byte[] bytes) throws IOException {
    if (!ValueChecks.utf8(bytes, 0, bytes.length)) {
      throw new IOException("a text is not UTF-8");
    }
    return UTF8String.fromBytes(bytes);
  }

  private static byte[] bytes(BinaryDecoder in, long length) throws IOException {
    byte[] bytes = new byte[(int) count(in, length)];
    in.readFixed(bytes, 0, bytes.length);
    return bytes;
  }

  /** Checks a length, so that a wrong length in a damaged file does not use up the memory. */
  private static long count(BinaryDecoder in, long count) throws IOException {
    if (count < 0 || count > in.inputStream().available()) {
      throw new EOFException("a value is longer than the block");
    }
    return count;
  }

  private static <T> T one(List<T> some, int index) throws IOException {
    if (index < 0 || index >= some.size()) {
      throw new IOException("a value has a type or symbol that the schema does not have");
    }
    return some.get(index);
  }

  private static AvroText union(List<AvroText> types) {
    return in -> one(types, in.readIndex()).read(in);
  }

  private static AvroText array(AvroText element) {
    return in -> {
      List<String> elements = new ArrayList<>();
      for (long left = count(in, in.readArrayStart());
          left != 0;
          left = count(in, in.arrayNext())) {
        for (long i = 0; i < left; i++) {
          elements.add(Value.json(element.read(in)));
        }
      }
      return Value.json(elements, "[", "]");
    };
  }

  private static AvroText map(AvroText value) {
    return in -> {
      List<String> entries = new ArrayList<>();
      for (long left = count(in, in.readMapStart()); left != 0; left = count(in, in.mapNext())) {
        for (long i = 0; i < left; i++) {
          UTF8String key = utf8(bytes(in, in.readLong()));
          entries.add(JsonText.literal(key, true) + ":" + Value.json(value.read(in)));
        }
      }
      return Value.json(entries, "{", "}");
    };
  }

  private static AvroText struct(Schema schema, Set<String> around) throws IOException {
    if (!around.add(schema.getFullName())) {
      throw new IOException("its type " + schema.getFullName() + " has itself as a part");
    }
    List<Schema.Field> fields = schema.getFields();
    List<AvroText> types = all(fields.stream().map(Schema.Field::schema).toList(), around);
    around.remove(schema.getFullName());
    return in -> {
      List<String> members = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        Value value = types.get(i).read(in);
        if (value != null) {
          members.add(JsonText.quoted(fields.get(i).name()) + ":" + Value.json(value));
        }
      }
      return Value.json(members, "{", "}");
    };
  }
}
