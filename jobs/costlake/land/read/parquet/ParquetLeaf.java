package costlake.land.read.parquet;

import costlake.land.read.rows.TypedText;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of a primitive column to text. Each entry of a dictionary is converted once.
 */
final class ParquetLeaf extends PrimitiveConverter {
  /**
   * The shortest decimal of a double has at most 17 digits. If the double is at least this value,
   * at most 21 digits are after the decimal point.
   */
  private static final double SURELY_SHORT = 1e-5;

  private final ParquetText text;
  private final PrimitiveTypeName type;
  private final Consumer<UTF8String> sink;
  private @Nullable Dictionary dictionary;
  private @Nullable UTF8String[] texts = {};
  private double value;

  ParquetLeaf(PrimitiveType type, Consumer<UTF8String> sink) {
    this.text = ParquetText.of(type);
    this.type = type.getPrimitiveTypeName();
    this.sink = sink;
  }

  /** Whether the last double or float has more digits than its text. */
  boolean rounded() {
    return value != 0
        && Math.abs(value) < SURELY_SHORT
        && (type == PrimitiveTypeName.FLOAT
            ? TypedText.isLong((float) value)
            : TypedText.isLong(value));
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary entries) {
    dictionary = entries;
    texts = new UTF8String[entries.getMaxId() + 1];
  }

  @Override
  public void addValueFromDictionary(int id) {
    Dictionary entries = Objects.requireNonNull(dictionary);
    if (type == PrimitiveTypeName.DOUBLE) {
      value = entries.decodeToDouble(id);
    } else if (type == PrimitiveTypeName.FLOAT) {
      value = entries.decodeToFloat(id);
    }
    UTF8String known = texts[id];
    if (known == null) {
      known = decoded(entries, id);
      texts[id] = known;
    }
    sink.accept(known);
  }

  private UTF8String decoded(Dictionary entries, int id) {
    return switch (type) {
      case INT32 -> text.spell(entries.decodeToInt(id));
      case INT64 -> text.spell(entries.decodeToLong(id));
      case DOUBLE -> TypedText.shortest(entries.decodeToDouble(id));
      case FLOAT -> TypedText.shortest(entries.decodeToFloat(id));
      case BOOLEAN -> spelled(entries.decodeToBoolean(id));
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> text.spell(entries.decodeToBinary(id));
    };
  }

  private static UTF8String spelled(boolean truth) {
    return UTF8String.fromString(Boolean.toString(truth));
  }

  @Override
  public void addBinary(Binary bytes) {
    sink.accept(text.spell(bytes));
  }

  @Override
  public void addInt(int number) {
    sink.accept(text.spell(number));
  }

  @Override
  public void addLong(long number) {
    sink.accept(text.spell(number));
  }

  @Override
  public void addDouble(double number) {
    value = number;
    sink.accept(TypedText.shortest(number));
  }

  @Override
  public void addFloat(float number) {
    value = number;
    sink.accept(TypedText.shortest(number));
  }

  @Override
  public void addBoolean(boolean truth) {
    sink.accept(spelled(truth));
  }
}
