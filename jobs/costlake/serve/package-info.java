/**
 * The SQL endpoint for BI tools (Arrow Flight SQL). It serves the tables of {@code reporting} from
 * the last publication and shows each user the rows of their teams. Also writes the same access
 * rules for Trino.
 */
@NullMarked
package costlake.serve;

import org.jspecify.annotations.NullMarked;
