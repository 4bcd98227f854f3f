/** Reads Parquet files. */
@NullMarked
package costlake.land.read.parquet;

import org.jspecify.annotations.NullMarked;
