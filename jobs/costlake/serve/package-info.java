/**
 * SQL for the tools of others: an Arrow Flight SQL endpoint over {@code reporting.*} as the last
 * publication left it, each user seeing the rows of their teams, and the same access as rules for
 * Trino.
 */
@NullMarked
package costlake.serve;

import org.jspecify.annotations.NullMarked;
