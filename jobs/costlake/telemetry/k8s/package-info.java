/**
 * The family {@code kubernetes}: which accelerators, CPU and memory each pod of a Kubernetes
 * cluster had and used in each hour. Registers the results as temporary views named {@code
 * bronze__k8s_*}.
 *
 * <p>Makers of devices appear only in the lists {@code device_profiles.csv} and {@code
 * device_metrics.csv} of the source kind. docs/telemetry.md describes the metrics and the rules.
 */
@NullMarked
package costlake.telemetry.k8s;

import org.jspecify.annotations.NullMarked;
