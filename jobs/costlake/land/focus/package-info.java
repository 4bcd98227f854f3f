/** Maps FOCUS exports of any provider, versions 1.0 to 1.4, to bronze.focus. */
@NullMarked
package costlake.land.focus;

import org.jspecify.annotations.NullMarked;
