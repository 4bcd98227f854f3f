/**
 * Bytes of delivered CSV and Parquet to rows, each with its file and its place in it.
 *
 * <p>CSV goes through a record reader on bytes and a small Spark data source over it, because
 * Spark's own knows no row numbers, matches columns by position, and swallows rows around a bad
 * quote without a word.
 */
package costlake.land.read;
