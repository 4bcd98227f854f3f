/** The only writer of tables: staged nights, publications, and what happened, as tables. */
@NullMarked
package costlake.lake;

import org.jspecify.annotations.NullMarked;
