/** One's own bill as FOCUS 1.4 in one command: files in, files out, nothing to configure. */
@NullMarked
package costlake.convert;

import org.jspecify.annotations.NullMarked;
