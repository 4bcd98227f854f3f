/**
 * Explains printed figures: walks from a printed line back to the rows of the delivered files, and
 * shows the money at each step.
 */
@NullMarked
package costlake.explain;

import org.jspecify.annotations.NullMarked;
