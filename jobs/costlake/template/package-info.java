/** Templates: text with places for values. */
@NullMarked
package costlake.template;

import org.jspecify.annotations.NullMarked;
