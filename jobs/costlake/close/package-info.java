/**
 * Closes months: checks gates, freezes figures, numbers statements, and prints issued statements
 * again.
 */
@NullMarked
package costlake.close;

import org.jspecify.annotations.NullMarked;
