/** Writes a first configuration for a company's own bill, with teams that the bill suggests. */
@NullMarked
package costlake.init;

import org.jspecify.annotations.NullMarked;
