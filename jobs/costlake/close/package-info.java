/** Closes months: checks gates, freezes figures, numbers statements, and reprints issued ones. */
@NullMarked
package costlake.close;

import org.jspecify.annotations.NullMarked;
