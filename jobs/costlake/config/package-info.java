/**
 * Reads the configuration files {@code conf/*.yml} into records and validates them. Reports all
 * problems together, each with file and line.
 */
@NullMarked
package costlake.config;

import org.jspecify.annotations.NullMarked;
