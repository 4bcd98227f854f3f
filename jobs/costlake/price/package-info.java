/** Prices traffic of language models with a dated list of the prices of vendors. */
@NullMarked
package costlake.price;

import org.jspecify.annotations.NullMarked;
