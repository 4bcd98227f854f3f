package costlake.land.read.rows;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one delivered file and runs the checks of its plan on each row. The values of a
 * row are valid until the reader moves to the next row.
 */
public interface RowReader extends Closeable {
  /** Maximum length of {@link #raw}, in bytes for text formats and in characters for others. */
  int RAW_MAX = 4096;

  /** Start of the repair of an amount that has more digits than money holds. */
  String ROUNDED = "rounded_to_21_digits:";

  /** The part of a message that says what to do if a record is longer than the limit. */
  String TOO_LONG_HINT =
      ", which is limits.record_size_mib_max; raise it if a record may be that long";

  /**
   * Moves to the next row, good or rejected.
   *
   * @throws IOException if the file is truncated or cannot be decoded
   */
  boolean next() throws IOException;

  /** Returns the reason why the row is rejected, or null. */
  @Nullable String reject();

  /**
   * Returns the position of the row in its file, from 1: the first line of the row for text
   * formats, otherwise the number of the row.
   */
  long number();

  /** Returns a field as text, or null. */
  @Nullable UTF8String text(int field);

  /** Whether the values of a field are instants whose text is one of UTC, without an offset. */
  default boolean isInstant(int field) {
    return false;
  }

  /**
   * Returns the members of the object in a field, without members that are null; empty if the field
   * has no object.
   */
  Map<UTF8String, UTF8String> object(int field);

  /** Whether every field of the rows is read. */
  boolean whole();

  /**
   * Returns a hash of the fields that identify the row, or of the whole row if one of these fields
   * is null.
   */
  default long key(RowIdentity identity) {
    return identity.identifies(this)
        ? hash(identity.fields(), identity.seed())
        : wholeKey(identity.wholeSeed());
  }

  /** Returns a hash of the whole row. */
  long wholeKey(long seed);

  /** Returns a hash of some fields. */
  default long hash(List<Integer> fields, long seed) {
    long key = seed;
    for (int field : fields) {
      UTF8String text = text(field);
      key = text == null ? XXH64.hashLong(0, ~key) : XXH64.hashUTF8String(text, key);
    }
    return key;
  }

  /**
   * Returns what was cut off an amount because it has more digits than money holds: the delivered
   * amount minus the rounded one, or zero.
   */
  default BigDecimal roundedOff(int field) {
    return BigDecimal.ZERO;
  }

  /** Returns the names of the repairs of this row, without the repairs of its file. */
  List<String> repairs();

  /** Returns the start of the row as delivered. */
  String raw();

  /** Returns the failure for a file that cannot be opened, is truncated or cannot be decoded. */
  static Failure broken(String file, IOException cause) {
    if (FileErrors.isCause(cause)) {
      return FileErrors.of(file, cause);
    }
    return Failure.data(
        cause,
        "Cannot read %s: %s. The file is truncated or damaged; deliver it again.",
        file,
        FileErrors.why(cause));
  }
}
