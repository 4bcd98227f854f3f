/**
 * Generates the data of a sample company: bills, telemetry, configuration, and expected figures.
 */
@NullMarked
package costlake.sample;

import org.jspecify.annotations.NullMarked;
