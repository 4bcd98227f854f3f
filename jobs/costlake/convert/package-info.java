/** Converts bills to files in FOCUS in one command, without a configuration. */
@NullMarked
package costlake.convert;

import org.jspecify.annotations.NullMarked;
