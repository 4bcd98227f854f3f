/** Runs a night: from the deliveries of the sources to a publication. */
@NullMarked
package costlake.night;

import org.jspecify.annotations.NullMarked;
