/**
 * Bytes of delivered files to rows, each with its file and its place in it.
 *
 * <p>Every {@link costlake.land.read.Format} goes through a {@link costlake.land.read.RowReader}
 * and a small Spark data source over it. Spark's own CSV knows no row numbers, matches columns by
 * position, and swallows rows around a bad quote without a word; of its own Parquet each wide row
 * would be copied and made text in generated code.
 */
@NullMarked
package costlake.land.read;

import org.jspecify.annotations.NullMarked;
