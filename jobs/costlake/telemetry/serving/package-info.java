/**
 * The family {@code serving}: which requests, tokens and seconds each pod of an engine that serves
 * models counted in each hour. Registers the results as temporary views named {@code
 * bronze__serving_*}.
 *
 * <p>Makers of engines appear only in the lists {@code serving_engines.csv} and {@code
 * serving_metrics.csv} of the source kind. docs/telemetry.md describes the metrics and the rules.
 */
@NullMarked
package costlake.telemetry.serving;

import org.jspecify.annotations.NullMarked;
