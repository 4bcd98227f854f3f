/** Writes all tables: stages the tables of nights, publishes them, and records runs in tables. */
@NullMarked
package costlake.lake;

import org.jspecify.annotations.NullMarked;
