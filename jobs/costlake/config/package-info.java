/**
 * {@code conf/*.yml} into validated records; every problem is reported at once, with file and line.
 */
package costlake.config;
