package costlake.land.read.parquet;

import costlake.land.read.rows.TypedText;
import costlake.land.read.rows.ValueChecks;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of one primitive Parquet column to text, by its logical type: a double or
 * float to its shortest decimal without exponent, a decimal with its scale, an instant to {@code
 * 2026-09-14 10:00:00.5} in UTC, a date or time of day to the text of {@code java.time}, a number
 * that is out of the range of a time to its digits, bytes that are not text to Base64.
 *
 * @param ofBinary converter if the column stores byte arrays, else null
 * @param ofLong converter if the column stores integers, else null
 * @param quoted whether the text has quotes in JSON
 */
record ParquetText(
    @Nullable Function<Binary, UTF8String> ofBinary,
    @Nullable LongFunction<UTF8String> ofLong,
    boolean quoted) {
  private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  static ParquetText of(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      int scale = decimal.getScale();
      return new ParquetText(
          bytes -> plain(new BigDecimal(new BigInteger(bytes.getBytes()), scale)),
          unscaled -> plain(BigDecimal.valueOf(unscaled, scale)),
          false);
    }
    return switch (type.getPrimitiveTypeName()) {
      case INT32, INT64 -> integer(logical);
      case BOOLEAN, FLOAT, DOUBLE -> new ParquetText(null, null, false);
      case INT96 -> binary(ParquetText::int96);
      case BINARY ->
          binary(text(logical) || logical == null ? ParquetText::utf8 : ParquetText::base64);
      case FIXED_LEN_BYTE_ARRAY ->
          binary(
              logical instanceof UUIDLogicalTypeAnnotation
                  ? ParquetText::uuid
                  : ParquetText::base64);
    };
  }

  UTF8String spell(Binary bytes) {
    return Objects.requireNonNull(ofBinary).apply(bytes);
  }

  UTF8String spell(long number) {
    return Objects.requireNonNull(ofLong).apply(number);
  }

  private static boolean text(LogicalTypeAnnotation logical) {
    return logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation;
  }

  private static ParquetText binary(Function<Binary, UTF8String> text) {
    return new ParquetText(text, null, true);
  }

  private static ParquetText integer(LogicalTypeAnnotation logical) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      return new ParquetText(null, TypedText::day, true);
    }
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      return new ParquetText(null, instant(time.getUnit()), true);
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      long nanos = nanos(time.getUnit());
      return new ParquetText(null, ticks -> TypedText.timeOfDay(ticks, nanos), true);
    }
    if (logical instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
      return new ParquetText(
          null,
          whole.getBitWidth() == Long.SIZE
              ? value -> UTF8String.fromString(Long.toUnsignedString(value))
              : value -> TypedText.digits(value & UNSIGNED_INT),
          false);
    }
    return new ParquetText(null, TypedText::digits, false);
  }

  private static LongFunction<UTF8String> instant(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> TypedText::ofMillis;
      case MICROS -> TypedText::time;
      case NANOS -> TypedText::ofNanos;
    };
  }

  private static long nanos(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000_000L;
      case MICROS -> 1_000L;
      case NANOS -> 1L;
    };
  }

  private static UTF8String plain(BigDecimal value) {
    return UTF8String.fromString(value.toPlainString());
  }

  private static UTF8String utf8(Binary binary) {
    byte[] bytes = binary.getBytes();
    return ValueChecks.utf8(bytes, 0, bytes.length) ? UTF8String.fromBytes(bytes) : base64(binary);
  }

  private static UTF8String base64(Binary binary) {
    return UTF8String.fromBytes(Base64.getEncoder().encode(binary.getBytes()));
  }

  private static UTF8String uuid(Binary binary) {
    ByteBuffer halves = binary.toByteBuffer();
    return UTF8String.fromString(new UUID(halves.getLong(), halves.getLong()).toString());
  }

  private static UTF8String int96(Binary value) {
    ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanosOfDay = bytes.getLong();
    long day = bytes.getInt() - (long) JULIAN_DAY_OF_EPOCH;
    return TypedText.time(
        day * MICROS_OF_DAY + Math.floorDiv(nanosOfDay, 1_000L), Math.floorMod(nanosOfDay, 1_000L));
  }

  /** Whether a column has instants: those of Parquet's older versions, and those in UTC. */
  static boolean isInstant(Type type) {
    return type.isPrimitive()
        && (type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96
            || (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
                && time.isAdjustedToUTC()));
  }

  /** Whether a column has doubles or floats. */
  static boolean floating(Type type) {
    return type.isPrimitive()
        && (type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE
            || type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT);
  }
}
