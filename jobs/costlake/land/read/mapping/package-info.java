/** Maps files to relations, as the description of a kind or the mapping of a user says. */
@NullMarked
package costlake.land.read.mapping;

import org.jspecify.annotations.NullMarked;
