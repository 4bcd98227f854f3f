package costlake.land.read;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one delivered file, each checked by its plan. The values of a row are valid until the
 * next one.
 */
interface RowReader extends Closeable {
  /** Length of the start of a row that is reported, in bytes of text or characters of others. */
  int RAW_MAX = 4096;

  /** What to do about a record that is longer than the limit. */
  String TOO_LONG_HINT =
      ", which is limits.record_size_mib_max; raise it if a record may be that long";

  /**
   * Moves to the next row, good or rejected.
   *
   * @throws IOException when the file ends before its end or cannot be decoded
   */
  boolean next() throws IOException;

  /** Why the row is rejected, or null. */
  @Nullable String reject();

  /** Position of the row in its file, from 1: its first line in text, its number otherwise. */
  long number();

  /** A field as text, or null. */
  @Nullable UTF8String text(int field);

  /** The members of the object in a field, those that are null left out; empty for no object. */
  Map<UTF8String, UTF8String> object(int field);

  /** Whether every field of the rows is read. */
  boolean whole();

  /** A hash of the identity of the row; of the whole row if a field of the identity is null. */
  default long key(RowIdentity identity) {
    return identity.identifies(this)
        ? hash(identity.fields(), identity.seed())
        : wholeKey(identity.wholeSeed());
  }

  /** A hash of the whole row. */
  long wholeKey(long seed);

  /** A hash of some fields. */
  default long hash(List<Integer> fields, long seed) {
    long key = seed;
    for (int field : fields) {
      UTF8String text = text(field);
      key = text == null ? XXH64.hashLong(0, ~key) : XXH64.hashUTF8String(text, key);
    }
    return key;
  }

  /** Names of the repairs made on this row alone. */
  List<String> repairs();

  /** The start of the row as delivered. */
  String raw();

  /** The failure for a file that cannot be opened, is truncated or cannot be decoded. */
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
