/**
 * Reads responses of Prometheus' HTTP API as series of samples. Knows no metric: a family of
 * telemetry names the metrics that it reads.
 */
@NullMarked
package costlake.telemetry.prometheus;

import org.jspecify.annotations.NullMarked;
