/** Reads files of separated fields. */
@NullMarked
package costlake.land.read.csv;

import org.jspecify.annotations.NullMarked;
