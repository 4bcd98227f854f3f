/**
 * Watches clusters between nights: what runs now, what it burns at the last published prices, and
 * what somebody should look at. All costs are estimates until a bill says them.
 */
@NullMarked
package costlake.watch;

import org.jspecify.annotations.NullMarked;
