/**
 * Makes hours of measurements: the families of telemetry, and the hours of their nodes,
 * accelerators and workloads.
 */
@NullMarked
package costlake.telemetry;

import org.jspecify.annotations.NullMarked;
