/** Finds what is out of the ordinary in a series of figures: rises, falls and new levels. */
@NullMarked
package costlake.incident;

import org.jspecify.annotations.NullMarked;
