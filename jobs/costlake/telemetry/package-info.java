/**
 * Counters and samples to hours: which workload had and used which accelerator, CPU and memory, by
 * hour.
 *
 * <p>Keeps state per series: counter resets, gaps, late and doubled samples, intervals that
 * straddle an hour. All sums are of integers and decimals. Hands over temporary views named {@code
 * bronze__k8s_*}. docs/telemetry.md describes the metrics and the rules.
 */
@NullMarked
package costlake.telemetry;

import org.jspecify.annotations.NullMarked;
