/** Measures a night on generated bills, and DuckDB on the same files and cores. */
@NullMarked
package costlake.bench;

import org.jspecify.annotations.NullMarked;
