/** Reads JSON objects, one per line or in documents. */
@NullMarked
package costlake.land.read.json;

import org.jspecify.annotations.NullMarked;
