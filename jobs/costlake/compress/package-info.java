/** Compressed bytes, up to the last one: a stream that is cut or followed by others is an error. */
@NullMarked
package costlake.compress;

import org.jspecify.annotations.NullMarked;
