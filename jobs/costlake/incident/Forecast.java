package costlake.incident;

import java.time.Instant;

/** Expects values of a series. */
@FunctionalInterface
interface Forecast {
  /** Returns the value that is expected then; NaN if too little is known. */
  double at(Instant time);
}
