/** Forecasts sums of daily figures, and says how far the forecast may be off. */
@NullMarked
package costlake.forecast;

import org.jspecify.annotations.NullMarked;
