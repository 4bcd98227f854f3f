/** A first configuration for an own bill: what the bill shows, proposed teams, files to edit. */
@NullMarked
package costlake.init;

import org.jspecify.annotations.NullMarked;
