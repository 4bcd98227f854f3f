/**
 * Range-query answers of Prometheus: which files make up which day. Their content is telemetry's.
 */
@NullMarked
package costlake.land.prometheus;

import org.jspecify.annotations.NullMarked;
