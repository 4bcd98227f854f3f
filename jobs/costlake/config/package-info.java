/**
 * {@code conf/*.yml} into validated records; every problem is reported at once, with file and line.
 */
@NullMarked
package costlake.config;

import org.jspecify.annotations.NullMarked;
