/**
 * What all formats share: the rows of a delivered file, the plan to read them, and the checks of
 * fields.
 */
@NullMarked
package costlake.land.read.rows;

import org.jspecify.annotations.NullMarked;
