/**
 * Finds the files with responses of Prometheus that belong to a day. The package telemetry reads
 * their content.
 */
@NullMarked
package costlake.land.prometheus;

import org.jspecify.annotations.NullMarked;
