/** Walks from a printed line back to the rows of the delivered files, with money at each step. */
@NullMarked
package costlake.explain;

import org.jspecify.annotations.NullMarked;
