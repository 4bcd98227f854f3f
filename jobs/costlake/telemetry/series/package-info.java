/**
 * Computes hours from samples: values over time, increases of counters, counter resets, gaps, late
 * and duplicate samples, and intervals that cross a full hour. Knows no source, no vendor and no
 * scheduler; a family of telemetry says what a series means.
 *
 * <p>Sums are exact: they use integers and decimals only. docs/telemetry.md describes the rules.
 */
@NullMarked
package costlake.telemetry.series;

import org.jspecify.annotations.NullMarked;
