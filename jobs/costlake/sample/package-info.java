/**
 * Generates a sample company: bills, telemetry, configuration, and the figures known to be true.
 */
@NullMarked
package costlake.sample;

import org.jspecify.annotations.NullMarked;
