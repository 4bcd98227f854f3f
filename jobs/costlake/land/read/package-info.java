/**
 * Reads delivered files as rows, each with its file and its position in the file.
 *
 * <p>Each {@link costlake.land.read.rows.Format} has a {@link costlake.land.read.rows.RowReader},
 * which a small Spark data source uses. Spark's own CSV reader has no row numbers, matches columns
 * by position, and loses rows around a wrong quote without an error. Spark's own Parquet reader
 * would copy each wide row and convert it to text in generated code.
 */
@NullMarked
package costlake.land.read;

import org.jspecify.annotations.NullMarked;
