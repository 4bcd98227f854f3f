/** One run from sources to a publication. */
@NullMarked
package costlake.night;

import org.jspecify.annotations.NullMarked;
