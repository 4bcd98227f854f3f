/** Decompresses files. A truncated file, or other bytes after the compressed data, is an error. */
@NullMarked
package costlake.compress;

import org.jspecify.annotations.NullMarked;
