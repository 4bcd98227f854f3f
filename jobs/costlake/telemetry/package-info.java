/**
 * Computes, from the samples of Prometheus, which accelerators, CPU and memory each workload had
 * and used in each hour.
 *
 * <p>Handles counter resets, gaps, late samples, duplicate samples, and intervals that cross a full
 * hour. Sums are exact: they use integers and decimals only. Registers the results as temporary
 * views named {@code bronze__k8s_*}. docs/telemetry.md describes the metrics and the rules.
 */
@NullMarked
package costlake.telemetry;

import org.jspecify.annotations.NullMarked;
