/** Business tables: what a model brought in a month. */
@NullMarked
package costlake.land.benefits;

import org.jspecify.annotations.NullMarked;
